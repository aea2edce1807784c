package io.breakwater.core.data.health;

import io.breakwater.core.business.health.DependencyProbe;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.Dependency.Need;

/** Asks a dependency through its port. */
public final class PortDependencyProbe implements DependencyProbe {
    private final Dependency dependency;

    /** Asks this one. */
    public PortDependencyProbe(Dependency dependency) {
        this.dependency = dependency;
    }

    @Override
    public String name() {
        return dependency.name();
    }

    @Override
    public boolean required() {
        return dependency.need() == Need.REQUIRED;
    }

    @Override
    public void onCheckRequested(Runnable askAgain) {
        dependency.signal().subscribe(askAgain);
    }

    @Override
    public void run(CallContext scope) throws Exception {
        dependency.probe().probe(scope);
    }
}
