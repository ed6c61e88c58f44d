/** The position of the bracket that closes what was opened before `from`, or -1. Only the same kind of bracket counts. */
export function closingAt(text: string, from: number, open: number, close: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === open) depth += 1;
    else if (code === close) {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

/** The arguments between `from` and `end`: cut at commas outside brackets, the last of `most` takes the rest. */
export function splitArguments(
  text: string,
  from: number,
  end: number,
  open: number,
  close: number,
  most: number,
): string[] {
  const found: string[] = [];
  let start = from;
  let depth = 0;
  for (let at = from; at < end && found.length + 1 !== most; at += 1) {
    const code = text.charCodeAt(at);
    if (code === open) depth += 1;
    else if (code === close) depth -= 1;
    else if (code === 44 && depth === 0) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  found.push(text.slice(start, end));
  return found;
}
