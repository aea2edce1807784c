package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.postgres.store.PostgresStore;
import io.breakwater.bootstrap.account.AccountEditor;
import io.breakwater.bootstrap.account.Argon2PasswordHasher;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.SettingKeys;
import io.breakwater.port.CallContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;

/** The store that a command uses: that of the configuration. */
final class StoreOption {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    BreakwaterSettings settings(ProcessEnvironment process) {
        return configuration.load(process).settings();
    }

    /** Opens the store, runs the work and closes the store. */
    <T> T withStore(ProcessEnvironment process, BiFunction<PostgresStore, CallContext, T> work) {
        var store = settings(process).store().settings();
        if (store == null) {
            throw new NoSuchElementException("Accounts and revocations are in the store. Set store.url.");
        }
        try (var opened = PostgresStore.open(store, SettingKeys::keyOf)) {
            return work.apply(opened, CommandContext.within(TIMEOUT));
        }
    }

    /** Opens the store, and changes its accounts. */
    <T> T withAccounts(ProcessEnvironment process, BiFunction<AccountEditor, CallContext, T> work) {
        var issuer = settings(process).auth().localIssuer();
        return withStore(
                process,
                (store, context) -> work.apply(
                        new AccountEditor(
                                store.accounts(),
                                store.revocations(),
                                new Argon2PasswordHasher(),
                                issuer,
                                InstantSource.system()),
                        context));
    }
}
