/** One name can stand for several sizes and codes: what is read aloud must tell them apart. */
export const productLabel = ({ name, spec, code }: { name: string; spec: string; code: string }) =>
  [name, spec, code].filter(Boolean).join(" ");
