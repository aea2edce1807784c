package io.breakwater.core.business.orders;

import io.breakwater.port.PortException;
import io.breakwater.port.memory.ManualCallContext;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one process at the boundaries of its steps: before and after each operation of the store and each request.
 * A process that is killed does nothing any more.
 */
final class Disruptions {
    private final Map<Integer, Kind> planned = new HashMap<>();
    private final Map<Integer, Runnable> pauses = new HashMap<>();
    private final ManualCallContext call;
    private int passed;
    private boolean dead;

    /** What happens at a boundary. */
    enum Kind {
        /** The process is killed. */
        KILL,
        /** The deadline of the call passes. */
        DEADLINE,
        /** The store loses its connection, if it is at this boundary. */
        STORE_LOST
    }

    /** The end of a process, which no code survives. */
    static final class ProcessKilledError extends Error {
        @Serial
        private static final long serialVersionUID = 1L;

        ProcessKilledError() {
            super("killed by the test");
        }
    }

    Disruptions(ManualCallContext call) {
        this.call = call;
    }

    Disruptions plan(int boundary, Kind kind) {
        planned.put(boundary, kind);
        return this;
    }

    /** Stops the process at a boundary, as a long garbage collection does, while something else happens. */
    Disruptions pause(int boundary, Runnable meanwhile) {
        pauses.put(boundary, meanwhile);
        return this;
    }

    /** Returns the number of boundaries that the process has passed. */
    int passed() {
        return passed;
    }

    void passRequest() {
        var unused = next();
    }

    void passStore() {
        if (next() == Kind.STORE_LOST) {
            throw new PortException.UnavailableException("The store was lost by the test.", null, null);
        }
    }

    private @Nullable Kind next() {
        var meanwhile = pauses.remove(passed);
        if (meanwhile != null) {
            meanwhile.run();
        }
        var kind = dead ? Kind.KILL : planned.get(passed++);
        if (kind == Kind.KILL) {
            dead = true;
            throw new ProcessKilledError();
        }
        if (kind == Kind.DEADLINE) {
            call.cancel();
        }
        return kind;
    }
}
