// Spreadsheets as nobody should send them: just enough of the format to be taken for one, made here byte by byte.
import { deflateRawSync } from "node:zlib";
import { crc32 } from "./photo.mjs";

/** A zip of entries { name, content, claims } (deflated; `claims` is the size that it says, when it lies). */
export function zip(entries) {
  const [parts, heads] = [[], []];
  let at = 0;
  for (const { name, content, packed, size, sum, encrypted } of entries) {
    const bytes = packed ?? deflateRawSync(content, { level: 9 });
    const label = Buffer.from(name, "utf8");
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(encrypted ? 1 : 0, 2);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(sum ?? crc32(content), 10);
    fixed.writeUInt32LE(bytes.length, 14);
    fixed.writeUInt32LE(size ?? content.length, 18);
    fixed.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fixed, label, bytes]);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(at, 12);
    heads.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fixed, tail.subarray(2), label]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** The parts of a workbook beside its one sheet. */
const FRAME = [
  [
    "[Content_Types].xml",
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="价目表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
].map(([name, text]) => ({ name, content: Buffer.from(text) }));

const cell = (at, text) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (n, cells) =>
  `<row r="${n}">${cells.map((text, at) => cell(`${"ABC"[at]}${n}`, text)).join("")}</row>`;

/** A workbook with one sheet of these rows of text. */
export function workbook(rows) {
  const body = rows.map((cells, at) => row(at + 1, cells)).join("");
  return zip([
    ...FRAME,
    sheet(Buffer.from(`${XML}<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData></worksheet>`)),
  ]);
}

const sheet = (content) => ({ name: "xl/worksheets/sheet1.xml", content });

/** A workbook whose sheet unpacks to so many MiB of one repeated row. */
export function bomb(mib) {
  const head = Buffer.from(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`);
  const line = Buffer.from(row(1, ["P001", "外墙乳胶漆1号", "100"]));
  const body = Buffer.alloc(mib << 20, line);
  return zip([...FRAME, sheet(Buffer.concat([head, body]))]);
}

/** A workbook that says its sheet is small although it unpacks to so many MiB. */
export function liar(mib) {
  const content = Buffer.alloc(mib << 20, 0x20);
  return zip([...FRAME, { ...sheet(content), size: 1_000 }]);
}

/** A workbook of two cells as far apart as cells can be. */
export function farApart() {
  const body = `<row r="1">${cell("A1", "编码")}</row><row r="1048576">${cell("XFD1048576", "1")}</row>`;
  return zip([
    ...FRAME,
    sheet(Buffer.from(`${XML}<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData></worksheet>`)),
  ]);
}

/** A workbook under a password: as Excel keeps it, a compound file with the packed book inside. */
export function locked() {
  const file = Buffer.alloc(512 * 4, 0);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  file.writeUInt16LE(0x3e, 24);
  file.writeUInt16LE(3, 26);
  file.writeUInt16LE(0xfffe, 28);
  file.writeUInt16LE(9, 30);
  file.writeUInt16LE(6, 32);
  file.writeUInt32LE(1, 44);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(4096, 56);
  file.writeUInt32LE(0xfffffffe, 60);
  file.writeUInt32LE(0xfffffffe, 68);
  file.fill(0xff, 76, 512);
  file.writeUInt32LE(0, 76);
  file.fill(0xff, 512, 1024);
  file.writeUInt32LE(0xfffffffd, 512);
  file.writeUInt32LE(0xfffffffe, 516);
  entry(file, 1024, "Root Entry", 5, 1);
  entry(file, 1152, "EncryptionInfo", 2, 0xffffffff, 2);
  entry(file, 1280, "EncryptedPackage", 2, 0xffffffff);
  return file;
}

/** One entry of a compound file's directory. */
function entry(file, at, name, kind, child, right = 0xffffffff) {
  file.write(`${name}\0`, at, "utf16le");
  file.writeUInt16LE((name.length + 1) * 2, at + 64);
  file[at + 66] = kind;
  file[at + 67] = 1;
  file.writeUInt32LE(0xffffffff, at + 68);
  file.writeUInt32LE(right, at + 72);
  file.writeUInt32LE(child, at + 76);
  file.writeUInt32LE(0xfffffffe, at + 116);
}

/** A workbook whose sheet is encrypted by zip itself. */
export const zipLocked = () =>
  zip([...FRAME.map((it) => ({ ...it, encrypted: true })), { ...sheet(Buffer.from("x")), encrypted: true }]);
