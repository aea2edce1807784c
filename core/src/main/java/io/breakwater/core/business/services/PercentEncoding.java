package io.breakwater.core.business.services;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986) of values, and the canonical form of parts of a path that are encoded already. */
final class PercentEncoding {
    private static final String UNRESERVED_MARKS = "-._~";

    /** The characters that a segment of a path may contain besides unreserved ones (RFC 3986, {@code pchar}). */
    private static final String ALLOWED_IN_SEGMENT = "!$&'()*+,;=:@";

    private static final int ESCAPE_LENGTH = 3;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /** Returns the value with an escape for every character that is not unreserved. */
    static String encode(String value) {
        if (isLiteral(value, "")) {
            return value;
        }
        var out = new StringBuilder(value.length() + 16);
        var bytes = utf8(value);
        while (bytes.hasRemaining()) {
            append(out, bytes.get(), "");
        }
        return out.toString();
    }

    /**
     * Returns a segment of a path, some of whose characters are escaped, in its only form: escapes of unreserved characters
     * are resolved, and the others have upper-case digits.
     */
    static String canonicalSegment(String written) {
        if (isLiteral(written, ALLOWED_IN_SEGMENT)) {
            return written;
        }
        var out = new StringBuilder(written.length() + 16);
        var bytes = utf8(written);
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '%') {
                append(out, escaped(bytes), "");
            } else {
                append(out, next, ALLOWED_IN_SEGMENT);
            }
        }
        return out.toString();
    }

    /** Whether no character needs an escape, or is one. */
    private static boolean isLiteral(String text, String alsoLiteral) {
        for (int i = 0; i < text.length(); i++) {
            if (!isUnreserved(text.charAt(i)) && alsoLiteral.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte escaped(ByteBuffer bytes) {
        int high = bytes.hasRemaining() ? digit((char) bytes.get()) : -1;
        int low = bytes.hasRemaining() ? digit((char) bytes.get()) : -1;
        if (high < 0 || low < 0) {
            throw InvalidRequest.because("endpoint contains a % without two hexadecimal digits. Write %25 for a percent"
                    + " sign, or pass the value in params.");
        }
        return (byte) ((high << 4) | low);
    }

    private static void append(StringBuilder out, byte b, String alsoLiteral) {
        char character = (char) (b & 0xFF);
        if (isUnreserved(character) || alsoLiteral.indexOf(character) >= 0) {
            out.append(character);
        } else {
            out.append('%').append(HEX.toHexDigits(b));
        }
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    /** Returns the text with its escapes resolved once; what is no escape stays as it is. */
    static String decodeOnce(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var out = ByteBuffer.allocate(utf8(text).remaining());
        int at = 0;
        while (at < text.length()) {
            int wide = unicodeEscape(text, at);
            int narrow = wide < 0 ? escape(text, at) : -1;
            if (narrow >= 0) {
                out.put((byte) narrow);
                at += ESCAPE_LENGTH;
            } else {
                int character = wide >= 0 ? wide : text.codePointAt(at);
                out.put(utf8(Character.toString(character)));
                at += wide >= 0 ? 2 * ESCAPE_LENGTH : Character.charCount(character);
            }
        }
        return text(out.flip());
    }

    private static int escape(String text, int at) {
        return hexadecimal(text, at, 1, 2);
    }

    /** Returns the character of an escape that some servers for Windows also resolve, such as {@code %u002e}. */
    private static int unicodeEscape(String text, int at) {
        boolean marked = at + 1 < text.length() && (text.charAt(at + 1) | 0x20) == 'u';
        int character = marked ? hexadecimal(text, at, 2, 4) : -1;
        return character >= 0 && Character.isSurrogate((char) character) ? -1 : character;
    }

    private static int hexadecimal(String text, int at, int skipped, int digits) {
        int end = at + skipped + digits;
        if (text.charAt(at) != '%' || end > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at + skipped; i < end; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static ByteBuffer utf8(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException unpaired) {
            throw InvalidRequest.because("The request contains half of a surrogate pair, which is no character.");
        }
    }

    private static String text(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException malformed) {
            throw InvalidRequest.because("The path of the request contains an escape that is not UTF-8.");
        }
    }
}
