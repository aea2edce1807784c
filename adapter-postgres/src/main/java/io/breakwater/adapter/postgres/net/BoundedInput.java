package io.breakwater.adapter.postgres.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the server sends, less what would take too much memory. The driver keeps all rows of an answer, allocates each
 * value at the length the server announces, and has no limit of its own that leaves a connection usable. Here every
 * message passes (a byte for its type, four for its length), and
 *
 * <ul>
 *   <li>rows pass until they have used up the ration of one exchange, which ends when the server is ready for the next,
 *       or the {@linkplain RowMemory memory} of the call that reads them; instead of the first that does not fit comes
 *       a notice with the state {@value #CUT}, and no row follows it;
 *   <li>notices of the server itself never pass: a function can raise any number of them;
 *   <li>an error that is too long, because it quotes a value, loses its end.
 * </ul>
 *
 * <p>PostgreSQL's documentation describes the messages under "Message Formats". Not thread-safe.
 */
final class BoundedInput extends InputStream {
    /** The SQLSTATE of the warning that rows are missing. */
    static final String CUT = "BW001";

    private static final int HEADER = 5;
    private static final int LONGEST_ERROR = 4096;
    private static final byte[] NOTICE = notice();

    private final InputStream in;
    private final int ration;
    private final byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;
    private boolean speaks;
    private long left;
    private int passing;
    private int skipping;
    private byte[] instead = {};
    private int insteadAt;

    BoundedInput(InputStream in, int ration) {
        this.in = in;
        this.ration = ration;
        this.left = ration;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** Blocks for the first byte only. A timeout loses nothing: the next read goes on where this one was. */
    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (insteadAt < instead.length) {
                done += insert(to, offset + done, length - done);
            } else if (!has(done == 0, passing + skipping > 0 ? 1 : speaks ? HEADER : 1)) {
                return done == 0 ? -1 : done;
            } else if (passing > 0) {
                done += pass(to, offset + done, length - done);
            } else if (skipping > 0) {
                skip();
            } else if (!next(done == 0)) {
                return done;
            }
        }
        return done;
    }

    @Override
    public int available() throws IOException {
        return passing > 0 ? Math.min(passing, end - at + in.available()) : 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int insert(byte[] to, int offset, int length) {
        int count = Math.min(length, instead.length - insteadAt);
        System.arraycopy(instead, insteadAt, to, offset, count);
        insteadAt += count;
        return count;
    }

    private int pass(byte[] to, int offset, int length) {
        int count = Math.min(length, Math.min(passing, end - at));
        System.arraycopy(buffer, at, to, offset, count);
        at += count;
        passing -= count;
        return count;
    }

    private void skip() {
        int count = Math.min(skipping, end - at);
        at += count;
        skipping -= count;
    }

    /** Whether that many bytes are in the buffer; reads until they are if it may, and until the end of the stream. */
    private boolean has(boolean mayRead, int count) throws IOException {
        if (end - at >= count) {
            return true;
        }
        return mayRead && fill(count);
    }

    private boolean fill(int count) throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end < count) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    /** Decides about the message that begins here; false when more of it must be read than it may now. */
    private boolean next(boolean mayRead) throws IOException {
        if (!speaks) {
            speaks = !isWord(buffer[at]);
            passing = speaks ? 0 : 1;
            return true;
        }
        int length = length();
        switch (buffer[at]) {
            case 'D' -> {
                return row(length, mayRead);
            }
            case 'N' -> skipping = length;
            case 'E' -> {
                return error(length, mayRead);
            }
            case 'Z' -> {
                left = ration;
                passing = length;
            }
            default -> passing = length;
        }
        return true;
    }

    /** Asked for encryption, the server answers with one letter before any message. */
    private static boolean isWord(byte first) {
        return first == 'N' || first == 'S' || first == 'G';
    }

    /** Of the whole message. */
    private int length() throws IOException {
        int length = ((buffer[at + 1] & 0xff) << 24)
                | ((buffer[at + 2] & 0xff) << 16)
                | ((buffer[at + 3] & 0xff) << 8)
                | (buffer[at + 4] & 0xff);
        if (length < HEADER - 1 || length == Integer.MAX_VALUE) {
            throw new IOException("the server sent a message of impossible length");
        }
        return length + 1;
    }

    private boolean row(int length, boolean mayRead) throws IOException {
        if (!has(mayRead, Math.min(length, HEADER + Short.BYTES))) {
            return false;
        }
        if (left >= length && RowMemory.takesRow(length, values(length))) {
            left -= length;
            passing = length;
            return true;
        }
        if (left >= 0) {
            left = -1;
            insteadOf(NOTICE);
        }
        skipping = length;
        return true;
    }

    /** Their number is what a row begins with. */
    private int values(int length) {
        return length < HEADER + Short.BYTES
                ? 0
                : ((buffer[at + HEADER] & 0xff) << 8) | (buffer[at + HEADER + 1] & 0xff);
    }

    /** What an error is and where comes first in it, the text with its quotation after that. */
    private boolean error(int length, boolean mayRead) throws IOException {
        if (length <= LONGEST_ERROR) {
            passing = length;
            return true;
        }
        if (!has(mayRead, LONGEST_ERROR + 1)) {
            return false;
        }
        int cut = LONGEST_ERROR - HEADER;
        while (isWithinCharacter(buffer[at + HEADER + cut])) {
            cut--;
        }
        insteadOf(message('E', cut, buffer, at + HEADER));
        skipping = length;
        return true;
    }

    /** In UTF-8. */
    private static boolean isWithinCharacter(byte next) {
        return (next & 0xc0) == 0x80;
    }

    private void insteadOf(byte[] message) {
        instead = message;
        insteadAt = 0;
    }

    /** A message of fields, the last of which is cut off at that length. */
    private static byte[] message(char type, int length, byte[] fields, int from) {
        var out = new ByteArrayOutputStream();
        int size = Integer.BYTES + length + 2;
        out.write(type);
        out.write(size >>> 24);
        out.write(size >>> 16);
        out.write(size >>> 8);
        out.write(size);
        out.write(fields, from, length);
        out.write(0);
        out.write(0);
        return out.toByteArray();
    }

    private static byte[] notice() {
        var fields = ("SWARNING\0C" + CUT + "\0MThe rows from here on were too large.").getBytes(US_ASCII);
        return message('N', fields.length, fields, 0);
    }
}
