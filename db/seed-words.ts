const words = (text: string): readonly string[] => text.split(' ');

/** The first word of a made-up app's name, commonest first; ASCII, as the seed's look-alike column expects. */
export const firstWords = words(
  'Smart Open Cloud Quick Team Data Easy Blue Green Bright Simple Daily North Clear Prime Rapid Urban Solid Swift Happy Silver Golden Lunar Solar Pixel River Forest Ocean Harbor Meadow Copper Velvet Crystal Marble Cedar Willow Falcon Otter Badger Heron Lynx Puffin Quartz Saffron Indigo Cobalt Amber Ivory Juniper Thistle Bramble Zephyr Yonder Kestrel Obsidian',
);

/** The second word. */
export const secondWords = words(
  'Invoices Notes Sync Calendar Reports Docs Mail Tasks Forms Files Chat Search Boards Backup Planner Tracker Reader Scanner Exporter Importer Ledger Payroll Roster Archive Gallery Billing Survey Tickets Contacts Analytics Translator Signer Converter Workflow Helpdesk Inventory Bookings Timesheets Newsletter Wiki Dashboard Monitor Gateway Vault Whiteboard Transcriber Phonebook Auditor Cartographer Xylograph',
);
