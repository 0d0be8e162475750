// Writes the answers that the adapter's tests replay: record.mjs SETTINGS INTO, with the line of settings of start.sh.

import { mkdirSync, writeFileSync } from 'node:fs';

const [settings, into] = process.argv.slice(2);
const { url, token } = JSON.parse(settings);
const shown = 'status=published&populate=*&sort=position:asc&pagination[pageSize]=100';
const either = 'filters[$or][0][slot][$in][0]=home_hero&filters[$or][1][key][$in][0]=look-rainy-city';
const questions = {
    content: [`blocks?${either}&locale=en&${shown}`, token],
    'content-ar': [`blocks?${either}&locale=ar&${shown}`, token],
    'content-nl': [`blocks?${either}&locale=nl&${shown}`, token],
    // As no adapter asks: what an editor has not published.
    drafts: [`blocks?${either}&locale=en&${shown.replace('published', 'draft')}`, token],
    'no-collection': [`nothing?locale=en&${shown}`, token],
    'no-field': [`blocks?filters[place][$eq]=x&locale=en&${shown}`, token],
    'no-token': [`blocks?locale=en&${shown}`, ''],
    'bad-token': [`blocks?locale=en&${shown}`, 'unknown'],
};
mkdirSync(into, { recursive: true });
for (const [name, [path, token]] of Object.entries(questions)) {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(`${url}/api/${path}`, { headers });
    const answer = JSON.stringify(await response.json(), null, 2);
    writeFileSync(`${into}/${name}.json`, `${answer}\n`);
    console.log(name, response.status);
}
