package io.breakwater.core.business.authentication;

/**
 * What a check of tokens uses.
 *
 * @param cache the results of verifications
 * @param verifications the threads for verifications
 * @param budget the budget of failed checks
 * @param metrics counts verifications
 */
public record TokenServices(
        VerifiedTokens cache, Verifications verifications, FailureBudget budget, VerificationMetrics metrics) {}
