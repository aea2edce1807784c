package io.breakwater.core.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;

/**
 * Code that creates a thread, or uses one that the JDK shares: the common pool of {@code supplyAsync} without an
 * executor and of parallel streams, and the timer of {@code orTimeout}.
 */
final class ThreadCreation extends DescribedPredicate<JavaAccess<?>> {

    private static final Set<String> THREAD_FACTORIES = Set.of("ofVirtual", "ofPlatform", "startVirtualThread");
    private static final Set<String> SHARED_TIMER = Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");
    private static final Set<String> PARALLEL = Set.of("parallel", "parallelStream");

    ThreadCreation() {
        super("creates a thread");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && (constructs(target) || callsFactory(target) || usesSharedThread(target));
    }

    private static boolean constructs(CodeUnitAccessTarget target) {
        return target.getName().equals("<init>") && isAny(target, Thread.class, ExecutorService.class, Timer.class);
    }

    private static boolean callsFactory(CodeUnitAccessTarget target) {
        return isAny(target, Executors.class)
                || (isAny(target, Thread.class) && THREAD_FACTORIES.contains(target.getName()))
                || (isAny(target, Cleaner.class) && target.getName().equals("create"));
    }

    private static boolean usesSharedThread(CodeUnitAccessTarget target) {
        var name = target.getName();
        return (isAny(target, ForkJoinPool.class) && name.equals("commonPool"))
                || (isAny(target, BaseStream.class, Collection.class) && PARALLEL.contains(name))
                || (isAny(target, CompletionStage.class) && (SHARED_TIMER.contains(name) || runsOnCommonPool(target)));
    }

    private static boolean runsOnCommonPool(CodeUnitAccessTarget target) {
        return target.getName().endsWith("Async")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isAssignableTo(Executor.class));
    }

    private static boolean isAny(CodeUnitAccessTarget target, Class<?>... types) {
        return Arrays.stream(types).anyMatch(target.getOwner()::isAssignableTo);
    }
}
