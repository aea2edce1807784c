package io.breakwater.core.business.authorization;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.Principal;
import io.breakwater.port.RefusedAccess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The last refused accesses of this process, by request id; limited in number and in memory. Thread-safe. */
public final class RefusedAccesses {
    private static final int CAPACITY = 1_024;
    private static final int MAX_NAME = 200;

    /** The accesses may occupy one part of the heap in this number. */
    private static final int HEAP_PARTS = 64;

    private final long maxBytes;
    private final Deque<RefusedAccess> last = new ArrayDeque<>(); // guarded by this
    private long bytes; // guarded by this

    /** Creates an empty memory, which may occupy a sixty-fourth of the heap. */
    public RefusedAccesses() {
        this(Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    RefusedAccesses(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Records a refused access, in place of the oldest ones if the memory is full. */
    public void add(String requestId, Principal principal, String kind, String name, AccessDecision decision) {
        var text = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
        add(new RefusedAccess(requestId, principal, kind, text, decision));
    }

    private synchronized void add(RefusedAccess refused) {
        last.addLast(refused);
        bytes += refused.principal().heapBytes();
        while (last.size() > CAPACITY || bytes > maxBytes) {
            bytes -= last.removeFirst().principal().heapBytes();
        }
    }

    /** Returns the refused access of that request. */
    public synchronized Optional<RefusedAccess> find(String requestId) {
        return last.stream()
                .filter(refused -> refused.requestId().equals(requestId))
                .findAny();
    }
}
