/** What the generated questions are about. The sentences say nothing; their lengths are those of a forum. */
export const categoryNames = [
  'Access Management',
  'Analytics',
  'Backup',
  'Billing',
  'Business Messaging',
  'Continuous Integration',
  'Customer Support',
  'Data Integration',
  'Document Signing',
  'Endpoint Protection',
  'Expense Tracking',
  'Field Service',
  'Incident Response',
  'Learning Platforms',
  'Marketing Automation',
  'Observability',
  'Project Planning',
  'Recruiting',
  'Survey Tools',
  'Warehouse Control',
];

export const productHeads = [
  ...['Alder', 'Beacon', 'Cobalt', 'Delta', 'Ember', 'Fathom', 'Granite', 'Harbor', 'Indigo', 'Juniper'],
  ...['Kestrel', 'Lumen', 'Marble', 'Northway', 'Opal', 'Pylon', 'Quarry', 'Ridge', 'Saffron', 'Tundra'],
];

export const productTails = ['base', 'board', 'desk', 'flow', 'grid', 'hub', 'line', 'loop', 'path', 'works'];

export const questions = [
  'How does PRODUCT handle SUBJECT for AUDIENCE?',
  'Is PRODUCT good enough at SUBJECT for AUDIENCE?',
  'What does SUBJECT in PRODUCT cost AUDIENCE over a year?',
  'Which plan of PRODUCT includes SUBJECT for AUDIENCE?',
  'How long did it take AUDIENCE to set up SUBJECT in PRODUCT?',
  'What breaks first in PRODUCT when AUDIENCE rely on SUBJECT?',
  'How do AUDIENCE move SUBJECT from a spreadsheet to PRODUCT?',
  'Would AUDIENCE choose PRODUCT again for SUBJECT?',
];

export const subjects = [
  ...['single sign-on', 'audit logs', 'role permissions', 'bulk imports', 'nightly exports', 'web hooks'],
  ...[
    'mobile access',
    'offline work',
    'custom fields',
    'approval steps',
    'report scheduling',
    'data retention',
  ],
  ...['rate limits', 'field mapping', 'guest accounts', 'seat counting', 'invoice splitting', 'time zones'],
  ...['currency conversion', 'version history', 'search', 'notifications', 'sandboxes', 'regional hosting'],
  ...['encryption keys', 'archiving', 'dashboards', 'alert routing', 'service levels', 'on-call plans'],
];

export const audiences = [
  ...['small teams', 'large companies', 'agencies', 'schools', 'hospitals', 'non-profits', 'public offices'],
  ...['remote teams', 'start-ups', 'banks', 'shops', 'manufacturers', 'consultants', 'labs'],
];

export const givenNames = [
  ...['Amina', 'Bela', 'Chen', 'Dara', 'Elif', 'Farid', 'Greta', 'Hanna', 'Imre', 'Jonas', 'Kofi', 'Lena'],
  ...['Mateo', 'Nadia', 'Oskar', 'Priya', 'Quinn', 'Rosa', 'Søren', 'Tomas', 'Uma', 'Vera', 'Wanda', 'Yuki'],
];

export const familyNames = [
  ...[
    'Abara',
    'Berg',
    'Castillo',
    'Dvořák',
    'Eriksen',
    'Fischer',
    'Gupta',
    'Haddad',
    'Ito',
    'Jansen',
    'Kaya',
  ],
  ...[
    'Lindqvist',
    'Moreau',
    'Novak',
    'Okafor',
    'Petrov',
    'Rossi',
    'Silva',
    'Tanaka',
    'Umar',
    'Vargas',
    'Weber',
  ],
];

export const titles = [
  ...['Operations Lead', 'Systems Administrator', 'Finance Analyst', 'Head of Support', 'Platform Engineer'],
  ...['Product Owner', 'IT Manager', 'Compliance Officer', 'Marketing Specialist', 'Owner'],
];

export const companies = [
  'Brightwater',
  'Corvid Labs',
  'Elmstead',
  'Fjord & Sons',
  'Hazel Group',
  'Ninefold',
];
export const segments = ['Small Business', 'Mid-Market', 'Enterprise'];
export const industries = ['Retail', 'Education', 'Health Care', 'Banking', 'Logistics', 'Software'];

export const sentenceParts = {
  openings: [
    ...[
      'In our case',
      'For us',
      'After two quarters',
      'Since the last release',
      'On the larger plan',
      'At first',
    ],
    ...['With about forty people', 'Once the pilot ended', 'From what support told us', 'To be fair'],
  ],
  middles: [
    ...['the set-up took an afternoon', 'the limits were hard to find', 'nothing had to be migrated twice'],
    ...['the import kept every field', 'we still export to a spreadsheet', 'permissions follow the team'],
    ...['the price rose with every seat', 'the mobile app lags behind', 'alerts reach the right person'],
    ...[
      'two of the five reports were enough',
      'the vendor answered within a day',
      'search finds old entries',
    ],
  ],
  endings: [
    ...[
      'which was what we needed.',
      'so we stayed.',
      'and nobody has complained yet.',
      'but only for admins.',
    ],
    ...['unless you need history beyond a year.', 'as long as somebody owns the settings.', 'more or less.'],
    ...[
      'and I would check that before signing.',
      'though the trial does not show it.',
      'even on slow lines.',
    ],
  ],
} as const;
