package io.breakwater.core.business.health;

import io.breakwater.port.CallContext;

/** A dependency that behaves as the test wants. */
final class ScriptedProbe implements DependencyProbe {
    private final String name;
    private final boolean required;
    private Behaviour behaviour = scope -> {};
    private Runnable askAgain = () -> {};
    private int runs;

    ScriptedProbe(String name, boolean required) {
        this.name = name;
        this.required = required;
    }

    interface Behaviour {
        void run(CallContext scope) throws Exception;
    }

    ScriptedProbe behaves(Behaviour behaviour) {
        this.behaviour = behaviour;
        return this;
    }

    /** What uses it notices a change. */
    void signal() {
        askAgain.run();
    }

    int runs() {
        return runs;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean required() {
        return required;
    }

    @Override
    public void onCheckRequested(Runnable askAgain) {
        this.askAgain = askAgain;
    }

    @Override
    public void run(CallContext scope) throws Exception {
        runs++;
        behaviour.run(scope);
    }
}
