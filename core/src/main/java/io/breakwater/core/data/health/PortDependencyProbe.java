package io.breakwater.core.data.health;

import io.breakwater.core.business.health.DependencyProbe;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.Dependency.Need;

/** A health check that uses the {@link Dependency} of a port. */
public final class PortDependencyProbe implements DependencyProbe {
    private final Dependency dependency;

    /** Checks this dependency. */
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
    public void onCheckRequested(Runnable requestCheck) {
        dependency.signal().subscribe(requestCheck);
    }

    @Override
    public void run(CallContext context) throws Exception {
        dependency.probe().probe(context);
    }
}
