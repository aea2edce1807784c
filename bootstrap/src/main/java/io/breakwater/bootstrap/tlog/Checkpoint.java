package io.breakwater.bootstrap.tlog;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The size and the root of a log at one moment (C2SP tlog-checkpoint), which the log signs as a {@link SignedNote}.
 *
 * @param origin the name of the log
 * @param size the number of entries
 * @param root the root of the tree over these entries, in Base64
 */
public record Checkpoint(String origin, long size, String root) {
    private static final Pattern TEXT =
            Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n([^\n]+\n)*");

    /** Creates a checkpoint from the bytes of the root. */
    public static Checkpoint of(String origin, long size, byte[] root) {
        return new Checkpoint(origin, size, Base64.getEncoder().encodeToString(root));
    }

    /**
     * Parses the text of a note; extension lines do not matter.
     *
     * @throws InvalidNoteException if it is not a checkpoint
     */
    public static Checkpoint parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidNoteException("it is not a checkpoint");
        }
        try {
            return new Checkpoint(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3));
        } catch (NumberFormatException tooLarge) {
            throw new InvalidNoteException("its size is too large", tooLarge);
        }
    }

    /** Returns the text of the note. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    /** Returns true if this is the root. */
    public boolean hasRoot(byte[] other) {
        return root.equals(Base64.getEncoder().encodeToString(other));
    }
}
