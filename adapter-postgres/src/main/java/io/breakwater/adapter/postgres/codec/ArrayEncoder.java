package io.breakwater.adapter.postgres.codec;

/**
 * Encodes arrays. The server sends them in the form that PostgreSQL's documentation describes under "Array Input and
 * Output Syntax": elements between braces, nested for each dimension, quoted where necessary; {@code NULL} without
 * quotes is a null. Bounds that do not start at 1 precede the array ({@code [0:1]={…}}) and are omitted.
 *
 * @param element the encoder of the elements
 * @param delimiter the byte between the elements: a comma for nearly all types
 */
record ArrayEncoder(ValueEncoder element, byte delimiter) implements ValueEncoder {
    @Override
    public void write(byte[] text, int from, int to, JsonBuffer out) {
        int at = from;
        if (text[at] == '[') {
            while (text[at] != '=') {
                at++;
            }
            at++;
        }
        while (at < to) {
            at = writeNext(text, at, to, out);
        }
    }

    private int writeNext(byte[] text, int at, int to, JsonBuffer out) {
        byte b = text[at];
        if (b == '{') {
            out.raw('[');
        } else if (b == '}') {
            out.raw(']');
        } else if (b == delimiter) {
            out.raw(',');
        } else {
            return b == '"' ? writeQuoted(text, at + 1, out) : writeUnquoted(text, at, to, out);
        }
        return at + 1;
    }

    private int writeUnquoted(byte[] text, int from, int to, JsonBuffer out) {
        int end = from;
        while (end < to && text[end] != delimiter && text[end] != '}') {
            end++;
        }
        if (isNull(text, from, end)) {
            out.writeNull();
        } else {
            element.write(text, from, end, out);
        }
        return end;
    }

    private static boolean isNull(byte[] text, int from, int to) {
        return to - from == 4
                && text[from] == 'N'
                && text[from + 1] == 'U'
                && text[from + 2] == 'L'
                && text[from + 3] == 'L';
    }

    private int writeQuoted(byte[] text, int from, JsonBuffer out) {
        int end = from;
        int escapes = 0;
        while (text[end] != '"') {
            if (text[end] == '\\') {
                escapes++;
                end++;
            }
            end++;
        }
        if (escapes == 0) {
            element.write(text, from, end, out);
        } else {
            var plain = unescape(text, from, end, escapes);
            element.write(plain, 0, plain.length, out);
        }
        return end + 1;
    }

    private static byte[] unescape(byte[] text, int from, int to, int escapes) {
        var plain = new byte[to - from - escapes];
        int at = from;
        for (int i = 0; i < plain.length; i++) {
            if (text[at] == '\\') {
                at++;
            }
            plain[i] = text[at++];
        }
        return plain;
    }
}
