package io.breakwater.adapter.postgres.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Filters the bytes of the server, so that results do not use too much memory. The driver keeps all rows of a result,
 * allocates each value at the length that the server announces, and has no limit of its own that leaves a connection
 * usable. This stream reads the header of every message (one byte for its type, four for its length), and
 *
 * <ul>
 *   <li>passes rows until they exceed the byte limit of one exchange, which ends when the server is ready for the next
 *       query, or the {@linkplain RowMemory memory} of the call that reads them; a notice with the SQLSTATE
 *       {@value #ROWS_TRUNCATED} replaces the first row that does not fit, and no row follows it;
 *   <li>drops the server's notices, because a function can raise any number of them;
 *   <li>truncates an error that is too long because it quotes a value.
 * </ul>
 *
 * <p>PostgreSQL's documentation describes the messages under "Message Formats". Not thread-safe.
 */
final class BoundedInput extends InputStream {
    /** The SQLSTATE of the warning that rows are missing. */
    static final String ROWS_TRUNCATED = "BW001";

    private static final int HEADER = 5;
    private static final int MAX_ERROR_LENGTH = 4096;
    private static final byte[] NOTICE = notice();

    private final InputStream in;
    private final int maxRowBytes;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int end;
    private boolean inProtocol;
    private long remaining;
    private int bytesToPass;
    private int bytesToSkip;
    private byte[] replacement = {};
    private int replacementPosition;

    BoundedInput(InputStream in, int maxRowBytes) {
        this.in = in;
        this.maxRowBytes = maxRowBytes;
        this.remaining = maxRowBytes;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** Blocks for the first byte only. A timeout loses no bytes: the next read continues at the same position. */
    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (replacementPosition < replacement.length) {
                done += copyReplacement(to, offset + done, length - done);
            } else if (!ensureBuffered(done == 0, bytesToPass + bytesToSkip > 0 ? 1 : inProtocol ? HEADER : 1)) {
                return done == 0 ? -1 : done;
            } else if (bytesToPass > 0) {
                done += copyBuffered(to, offset + done, length - done);
            } else if (bytesToSkip > 0) {
                skipBuffered();
            } else if (!startMessage(done == 0)) {
                return done;
            }
        }
        return done;
    }

    @Override
    public int available() throws IOException {
        return bytesToPass > 0 ? Math.min(bytesToPass, end - position + in.available()) : 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int copyReplacement(byte[] to, int offset, int length) {
        int count = Math.min(length, replacement.length - replacementPosition);
        System.arraycopy(replacement, replacementPosition, to, offset, count);
        replacementPosition += count;
        return count;
    }

    private int copyBuffered(byte[] to, int offset, int length) {
        int count = Math.min(length, Math.min(bytesToPass, end - position));
        System.arraycopy(buffer, position, to, offset, count);
        position += count;
        bytesToPass -= count;
        return count;
    }

    private void skipBuffered() {
        int count = Math.min(bytesToSkip, end - position);
        position += count;
        bytesToSkip -= count;
    }

    /**
     * Returns whether that many bytes are in the buffer. If it may read, it reads until they are there or the stream
     * ends.
     */
    private boolean ensureBuffered(boolean mayRead, int count) throws IOException {
        if (end - position >= count) {
            return true;
        }
        return mayRead && fill(count);
    }

    private boolean fill(int count) throws IOException {
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        while (end < count) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    /** Handles the message that begins here; returns false when it needs more bytes than it may read now. */
    private boolean startMessage(boolean mayRead) throws IOException {
        if (!inProtocol) {
            inProtocol = !isEncryptionReply(buffer[position]);
            bytesToPass = inProtocol ? 0 : 1;
            return true;
        }
        int length = length();
        switch (buffer[position]) {
            case 'D' -> {
                return startRow(length, mayRead);
            }
            case 'N' -> bytesToSkip = length;
            case 'E' -> {
                return startError(length, mayRead);
            }
            case 'Z' -> {
                remaining = maxRowBytes;
                bytesToPass = length;
            }
            default -> bytesToPass = length;
        }
        return true;
    }

    /** Whether the byte is the server's reply to a request for encryption: one letter before any message. */
    private static boolean isEncryptionReply(byte first) {
        return first == 'N' || first == 'S' || first == 'G';
    }

    /** The length of the whole message, including its type. */
    private int length() throws IOException {
        int length = ((buffer[position + 1] & 0xff) << 24)
                | ((buffer[position + 2] & 0xff) << 16)
                | ((buffer[position + 3] & 0xff) << 8)
                | (buffer[position + 4] & 0xff);
        if (length < HEADER - 1 || length == Integer.MAX_VALUE) {
            throw new IOException("the server sent a message with an invalid length");
        }
        return length + 1;
    }

    private boolean startRow(int length, boolean mayRead) throws IOException {
        if (!ensureBuffered(mayRead, Math.min(length, HEADER + Short.BYTES))) {
            return false;
        }
        if (remaining >= length && RowMemory.reserveRowOfCurrentCall(length, values(length))) {
            remaining -= length;
            bytesToPass = length;
            return true;
        }
        if (remaining >= 0) {
            remaining = -1;
            replaceWith(NOTICE);
        }
        bytesToSkip = length;
        return true;
    }

    /** The number of values in a row, which is at its beginning. */
    private int values(int length) {
        return length < HEADER + Short.BYTES
                ? 0
                : ((buffer[position + HEADER] & 0xff) << 8) | (buffer[position + HEADER + 1] & 0xff);
    }

    /** Truncates a long error: its SQLSTATE and its position come first, and the text that quotes a value follows. */
    private boolean startError(int length, boolean mayRead) throws IOException {
        if (length <= MAX_ERROR_LENGTH) {
            bytesToPass = length;
            return true;
        }
        if (!ensureBuffered(mayRead, MAX_ERROR_LENGTH + 1)) {
            return false;
        }
        int textLength = MAX_ERROR_LENGTH - HEADER;
        while (isContinuationByte(buffer[position + HEADER + textLength])) {
            textLength--;
        }
        replaceWith(message('E', textLength, buffer, position + HEADER));
        bytesToSkip = length;
        return true;
    }

    /** Whether a byte continues a character in UTF-8. */
    private static boolean isContinuationByte(byte startMessage) {
        return (startMessage & 0xc0) == 0x80;
    }

    private void replaceWith(byte[] message) {
        replacement = message;
        replacementPosition = 0;
    }

    /** Builds a message from fields, and truncates the last one so that the fields have this length. */
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
        var fields = ("SWARNING\0C" + ROWS_TRUNCATED + "\0MThe rows from here on were too large.").getBytes(US_ASCII);
        return message('N', fields.length, fields, 0);
    }
}
