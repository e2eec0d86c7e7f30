// The company of the harnesses is made once for each engine and copied: as a folder, or as a template of PostgreSQL.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { foundCompany } from "./company.mjs";
import { newPlace, SQLITE, sql } from "./places.mjs";
import { serve } from "./server.mjs";

export class Templates {
  #made = new Map();

  /** `folder` holds them; with `keep` they outlive this run and are found by the next one. */
  constructor({ program, server, folder, keep }) {
    Object.assign(this, { program, server, folder, keep });
  }

  /** A place with a company in it, and who works there. */
  async company(engine, options = {}) {
    if (!this.#made.has(engine)) this.#made.set(engine, this.#find(engine));
    const template = await this.#made.get(engine);
    if (engine === SQLITE) {
      const place = await newPlace(engine, { within: options.within ?? this.folder });
      await cp(template.folder, place.folder, { recursive: true });
      return { place, kept: template.kept };
    }
    const name = `huxi_${randomBytes(6).toString("hex")}`;
    const space = options.tablespace ? ` TABLESPACE ${options.tablespace}` : "";
    await sql(this.server, `CREATE DATABASE ${name} TEMPLATE ${template.name}${space};`);
    const url = new URL(this.server);
    url.pathname = `/${name}`;
    const place = { engine, url: url.href, env: { HUXI_DATABASE_URL: url.href } };
    place.folder = join(this.folder, name);
    place.args = ["--data", place.folder];
    place.drop = () => sql(this.server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE);`);
    return { place, kept: template.kept };
  }

  async #find(engine) {
    const known = join(this.folder, `company-${engine}.json`);
    if (this.keep && existsSync(known)) return JSON.parse(await readFile(known, "utf8"));
    await mkdir(this.folder, { recursive: true });
    const place = await newPlace(engine, { within: this.folder, server: this.server });
    const server = await serve(this.program, place);
    let kept;
    try {
      kept = await foundCompany(server);
    } catch (error) {
      await server.kill();
      await place.drop();
      throw error;
    }
    await server.stop();
    const template = {
      kept,
      folder: place.folder,
      name: place.url ? new URL(place.url).pathname.slice(1) : null,
    };
    if (this.keep) await writeFile(known, JSON.stringify(template));
    return template;
  }

  /** Takes away what no later run may use. */
  async forget() {
    if (this.keep) return;
    for (const [engine, making] of this.#made) {
      const template = await making.catch(() => null);
      if (template && engine !== SQLITE)
        await sql(this.server, `DROP DATABASE IF EXISTS ${template.name} WITH (FORCE);`);
    }
  }
}
