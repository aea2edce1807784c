package io.breakwater.core.business.authentication;

import static java.util.Objects.requireNonNull;

import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.Granted;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.LockedOut;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.Occupied;
import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Admits one verification if the budget of its source has room for another failure. */
final class BudgetedAdmission implements Verifications.Admission {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final FailureBudget budget;
    private final FailureSource source;
    private @Nullable Granted reservation;

    BudgetedAdmission(FailureBudget budget, FailureSource source) {
        this.budget = budget;
        this.source = source;
    }

    @Override
    public @Nullable CredentialResult begin(CallContext context) {
        return switch (budget.reserve(source, context.remaining())) {
            case Granted granted -> {
                reservation = granted;
                yield null;
            }
            case LockedOut(var remaining) -> new Limited(remaining);
            case Occupied ignored ->
                new Undecided(RETRY_AFTER, "Too many new tokens from this address are verified at once.");
        };
    }

    @Override
    public void end(CredentialResult result) {
        var granted = requireNonNull(reservation);
        if (result instanceof Refused) {
            granted.fail();
        } else {
            granted.release();
        }
    }
}
