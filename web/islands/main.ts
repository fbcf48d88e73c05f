// What makes pages better where scripts run. Each island takes a form or an element that works without it.
import { closeMenus } from './menu.ts';
import { setVotes } from './vote.ts';

setVotes();
closeMenus();
