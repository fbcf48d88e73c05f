// What makes pages better where scripts run. Each island takes a form or an element that works without it.
import { watchConnection } from './connection.ts';
import { followLinks } from './link.ts';
import { completeMentions } from './mention.ts';
import { closeMenus } from './menu.ts';
import { tellNews } from './news.ts';
import { showSimilar } from './similar.ts';
import { setVotes } from './vote.ts';
import { helpWriting } from './write.ts';

watchConnection();
followLinks();
setVotes();
closeMenus();
helpWriting();
completeMentions();
showSimilar();
tellNews();
