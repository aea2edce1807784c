package io.breakwater.core.business.authorization;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.Principal;
import io.breakwater.port.RefusedAccess;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last refused accesses of this process, by request id. */
public final class RefusedAccesses {
    private static final int CAPACITY = 1_024;
    private static final int MAX_NAME = 200;

    private final AtomicReferenceArray<RefusedAccess> last = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong next = new AtomicLong();

    /** Creates an empty memory. */
    public RefusedAccesses() {}

    /** Records a refused access, in place of the oldest one if the memory is full. */
    public void add(String requestId, Principal principal, String kind, String name, AccessDecision decision) {
        var text = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
        int index = (int) (next.getAndIncrement() % CAPACITY);
        last.set(index, new RefusedAccess(requestId, principal, kind, text, decision));
    }

    /** Returns the refused access of that request. */
    public Optional<RefusedAccess> find(String requestId) {
        for (int i = 0; i < CAPACITY; i++) {
            var refused = last.get(i);
            if (refused != null && refused.requestId().equals(requestId)) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }
}
