package io.breakwater.core.presentation.method;

import io.breakwater.core.business.cache.Found;
import io.breakwater.core.business.cache.Freshness;
import io.breakwater.core.business.cache.Place;
import io.breakwater.core.business.cache.Question;
import io.breakwater.core.business.cache.Recall;
import io.breakwater.core.business.cache.Seat;
import io.breakwater.core.business.cache.Turn;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.catalog.CacheStatus;
import io.breakwater.core.presentation.catalog.TaskSupport;
import io.breakwater.core.presentation.catalog.ToolResult;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call's way to a result that may be kept: {@link #atOnce} on the thread the call arrived on; {@link #seek} where it
 * may wait, for the second tier or for another call that makes the same; and {@link #make} when it is this call's turn to
 * make it. A call is on one thread at a time; only {@link #lastResort} is asked from anywhere.
 */
final class Recollection {
    private final ResultMemory memory;
    private final Recall recall;
    private final Question question;
    private final Errand errand;
    private final LiveCall call;
    private final boolean together;
    private volatile @Nullable Place place;
    private @Nullable Seat<Served> seat;
    private boolean ours;
    private boolean made;

    Recollection(ResultMemory memory, Question question, Errand errand) {
        this.memory = memory;
        this.recall = memory.recall();
        this.question = question;
        this.errand = errand;
        this.call = errand.call();
        this.together = errand.tool().definition().tasks().support()
                == TaskSupport.NONE; // a task has a time of its own, and none to wait for another call's
    }

    /** True once it is for this call to make the result. */
    boolean isOurs() {
        return ours;
    }

    // ---- looking ---------------------------------------------------------------------------------------------------

    /** What is in this process's memory; otherwise null. Takes its place among those who want the same. Never blocks. */
    @Nullable
    Served atOnce() {
        var known = recall.placeAtOnce(question);
        if (known == null) {
            return null;
        }
        place = known;
        var served = looked(known);
        return served == null && !recall.reachesFar() ? board(known) : served;
    }

    private @Nullable Served looked(Place at) {
        var served = near(at);
        memory.count(served == null ? CacheOperation.MISS : operation(served));
        refreshed(at, served);
        return served;
    }

    private static CacheOperation operation(Served served) {
        return served.status() == CacheStatus.STALE ? CacheOperation.STALE : CacheOperation.HIT;
    }

    private @Nullable Served near(Place at) {
        var found = recall.near(at);
        return found == null || found.freshness() == Freshness.LAST_RESORT ? null : served(found);
    }

    private static Served served(Found found) {
        var status = found.freshness() == Freshness.FRESH ? CacheStatus.HIT : CacheStatus.STALE;
        return new Served(ResultMemory.read(found.result()), status);
    }

    private void refreshed(Place at, @Nullable Served served) {
        if (served != null && served.status() == CacheStatus.STALE) {
            memory.refresh(at, errand);
        }
    }

    private @Nullable Served board(Place at) {
        if (!together) {
            ours = !recall.reachesFar();
            return null;
        }
        var taken = memory.flights().join(at.key());
        seat = taken;
        call.whenIdle(this::leave);
        call.onCancel(taken::leave);
        return taken.leads() ? lead(at, taken) : null;
    }

    /** Whoever led before may have landed between this call's looking and its turn. */
    private @Nullable Served lead(Place at, Seat<Served> taken) {
        var served = near(at);
        if (served == null) {
            ours = !recall.reachesFar();
        } else {
            taken.land(served);
        }
        return served;
    }

    /** The result of somebody else's work; null when it is this call's turn. May wait. */
    @Nullable
    Served seek() throws Exception {
        var at = place;
        if (at == null) {
            at = recall.place(question);
            place = at;
            var served = looked(at);
            if (served != null) {
                return served;
            }
        }
        var served = seat == null && !ours ? board(at) : null;
        if (served == null && seat != null && !seat.leads()) {
            served = follow(at, seat);
        }
        return served != null || ours ? served : far(at);
    }

    private @Nullable Served follow(Place at, Seat<Served> taken) throws Exception {
        return switch (taken.await()) {
            case Turn.Landed<Served>(Served served) -> served;
            case Turn.Failed<Served>(Throwable failure) -> throw new ExecutionException(failure);
            case Turn.Lead<Served> ignored -> lead(at, taken);
        };
    }

    private @Nullable Served far(Place at) throws InterruptedException {
        ours = true; // from here on somebody may have to be told that there will be no result
        var found = recall.far(at);
        if (found == null) {
            return null;
        }
        var served = served(found);
        made = true;
        if (seat != null) {
            seat.land(served);
        }
        refreshed(at, served);
        return served;
    }

    // ---- making ----------------------------------------------------------------------------------------------------

    /** The result of this call's own work, for everybody who wants the same. */
    Served make(Callable<ToolResult> work) throws Exception {
        var at = Objects.requireNonNull(place);
        ToolResult result;
        try {
            result = memory.timed(work);
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
        if (call.cancelled() || call.answered()) { // cut short, or a human's answer to this caller alone
            leave();
            return new Served(result, CacheStatus.BYPASS);
        }
        boolean kept = memory.keep(at, result);
        made = true;
        if (seat != null) {
            seat.land(new Served(result, CacheStatus.HIT));
        }
        return new Served(result, kept ? CacheStatus.MISS : CacheStatus.BYPASS);
    }

    private void failed(Throwable failure) {
        if (seat != null && !call.cancelled() && !call.answered() && Repeating.is(failure)) {
            seat.fail(failure);
        }
        leave();
    }

    /** Wants it no more, whatever happened. */
    private void leave() {
        var at = place;
        if (ours && !made && at != null) {
            made = true;
            recall.giveUp(at);
        }
        if (seat != null) {
            seat.leave();
        }
    }

    /** What may be given when nothing better can be made; null when there is nothing. Never blocks. */
    @Nullable
    Served lastResort() {
        var at = place;
        var found = at == null ? null : recall.near(at);
        if (found == null) {
            return null;
        }
        var served = served(found);
        memory.count(operation(served));
        return served;
    }
}
