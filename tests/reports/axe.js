// node axe.js NODE_MODULES CHROMIUM PICTURES PAGE...: axe on each page, light and dark, wide and narrow; JSON on standard
// output. Nothing is fetched: the pages are files.
const path = require('path');
const [modules, chromium, pictures, ...pages] = process.argv.slice(2);
const puppeteer = require(path.join(modules, 'puppeteer-core'));
const axe = require('fs').readFileSync(path.join(modules, 'axe-core', 'axe.min.js'), 'utf8');

const looks = [];
for (const scheme of ['light', 'dark'])
    for (const width of [1280, 390])
        looks.push({ scheme, width });

async function seen(browser, page, look) {
    const tab = await browser.newPage();
    await tab.setBypassCSP(true);
    await tab.setViewport({ width: look.width, height: 900 });
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.scheme }]);
    await tab.goto('file://' + page);
    await tab.evaluate(axe);
    const found = await tab.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const name = path.basename(page, '.html');
    await tab.screenshot({ path: path.join(pictures, `${name}.${look.scheme}.${look.width}.png`) });
    await tab.close();
    const faults = found.violations.map(row => `${row.id}: ${row.nodes.length} times, ${row.nodes[0].html}`);
    if (wide > 0)
        faults.push(`the page is ${wide} px wider than the window`);
    return { page: name, look: `${look.scheme} ${look.width}`, passes: found.passes.length, faults };
}

(async () => {
    const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
    const rows = [];
    for (const page of pages)
        for (const look of looks)
            rows.push(await seen(browser, page, look));
    await browser.close();
    console.log(JSON.stringify(rows));
})().catch(fault => { console.error(fault); process.exit(1); });
