package io.breakwater.core.business.concurrency;

/** The right of one call to run, from a {@link PermitPool}. Its state is guarded by the pool. */
public final class Permit implements Admission {
    private final PermitScope scope;
    private final long grantedAt;
    private ClassShare share;
    private boolean suspended;
    private boolean timed = true;
    private boolean released;

    Permit(ClassShare share, PermitScope scope, long grantedAt) {
        this.share = share;
        this.scope = scope;
        this.grantedAt = grantedAt;
    }

    /** Returns the time at which the call received the permit. */
    public long grantedAt() {
        return grantedAt;
    }

    PermitScope scope() {
        return scope;
    }

    ClassShare share() {
        return share;
    }

    void move(ClassShare to) {
        share = to;
    }

    /** Notes that the call waits for a user; false if it does already. */
    boolean suspend() {
        boolean first = !suspended && !released;
        suspended |= first;
        timed &= !first;
        return first;
    }

    /** Notes that the wait has ended; false if the call did not wait. */
    boolean resume() {
        boolean waited = suspended && !released;
        suspended = false;
        return waited;
    }

    /** Notes the end of the call; false if it holds nothing, because it is suspended or released. */
    boolean release() {
        boolean held = !suspended && !released;
        released = true;
        return held;
    }

    /** Notes that the time of the call is not that of its own work. */
    void ignoreTime() {
        timed = false;
    }

    /** Returns whether the time of the call is that of its own work, without waiting for a user or other calls. */
    boolean isTimed() {
        return timed;
    }
}
