// The content as the npm package "docx" writes it: node docx_npm.js <folder of content> <target>
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const word = require(join(__dirname, "..", "..", ".npm-peers", "node_modules", "docx"));

const [folder, target] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(join(folder, "content.json"), "utf8"));
const TWIPS_PER_MM = 1440 / 25.4;
const twips = (mm) => Math.round(mm * TWIPS_PER_MM);
const FONT = "Noto Serif SC";
const ROOM = twips(297 - 37 - 35);
const TOTAL = plan.widths.reduce((sum, width) => sum + width);
const WIDTHS = plan.widths.map((width) => Math.round((ROOM * width) / TOTAL));
const WIDE = 567; // pixels of 150 mm at 96 dpi

let figures = 0;

function picture(file, type, ratio, title) {
  figures += 1;
  const data = readFileSync(join(folder, file));
  const transformation = { width: WIDE, height: Math.round(WIDE * ratio) };
  return [
    new word.Paragraph({ children: [new word.ImageRun({ type, data, transformation })] }),
    new word.Paragraph({ style: "Small", text: `图${figures} ${title}` }),
  ];
}

function block(item) {
  switch (item.kind) {
    case "heading": {
      const heading = item.level === 1 ? word.HeadingLevel.HEADING_1 : word.HeadingLevel.HEADING_2;
      return [new word.Paragraph({ heading, text: item.number + item.text })];
    }
    case "text":
      return [new word.Paragraph({ style: "Body", text: item.text })];
    case "chart":
      return picture(`${item.name}.png`, "png", 240 / 440, item.title);
    default:
      return picture(item.file, "jpg", item.height / item.width, item.title);
  }
}

function row(texts, tableHeader) {
  const children = texts.map(
    (text, at) =>
      new word.TableCell({
        width: { size: WIDTHS[at], type: word.WidthType.DXA },
        children: [new word.Paragraph({ style: "Small", text })],
      }),
  );
  return new word.TableRow({ tableHeader, cantSplit: true, children });
}

const margin = { top: twips(37), bottom: twips(35), left: twips(28), right: twips(26) };
const size = { width: twips(210), height: twips(297) };
const turned = { ...size, orientation: word.PageOrientation.LANDSCAPE };
const table = new word.Table({
  columnWidths: WIDTHS,
  layout: word.TableLayoutType.FIXED,
  rows: [row(plan.head, true), ...plan.rows.map((texts) => row(texts, false))],
});
const file = new word.Document({
  title: plan.title,
  styles: {
    default: { document: { run: { font: FONT, size: 32 } } },
    paragraphStyles: [
      { id: "Body", name: "Body", basedOn: "Normal", paragraph: { spacing: { line: 579, lineRule: "exact" } } },
      { id: "Small", name: "Small", basedOn: "Normal", run: { size: 18 } },
    ],
  },
  sections: [
    {
      properties: { page: { size, margin } },
      children: [
        new word.TableOfContents("目录", { hyperlink: true, headingStyleRange: "1-2" }),
        ...plan.blocks.flatMap(block),
      ],
    },
    {
      properties: { page: { size: turned, margin } },
      children: [new word.Paragraph({ text: plan.table_title }), table],
    },
  ],
});
word.Packer.toBuffer(file).then((bytes) => writeFileSync(target, bytes));
