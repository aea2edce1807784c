package io.breakwater.core.business.health;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.Dependency.Need;

/** A dependency that behaves as the test wants. */
final class ScriptedProbe {
    private final Dependency dependency;
    private Behaviour behaviour = scope -> {};
    private int runs;

    ScriptedProbe(String name, boolean required) {
        this.dependency = new Dependency(name, required ? Need.REQUIRED : Need.OPTIONAL, this::run);
    }

    interface Behaviour {
        void run(CallContext scope) throws Exception;
    }

    ScriptedProbe behaves(Behaviour behaviour) {
        this.behaviour = behaviour;
        return this;
    }

    Dependency dependency() {
        return dependency;
    }

    /** What uses it notices a change. */
    void signal() {
        dependency.signal().send();
    }

    int runs() {
        return runs;
    }

    private void run(CallContext scope) throws Exception {
        runs++;
        behaviour.run(scope);
    }
}
