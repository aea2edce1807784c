package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.port.driven.Accounts;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.PasswordHasher;
import io.breakwater.port.driven.Services;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.TokenIssuer;
import io.breakwater.port.driven.UserStore;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuerySettings;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The built-in packs, each with what it needs. */
public sealed interface BuiltInPack {

    /** The tool {@code process_data}. */
    record ProcessData(ProcessingLimits limits) implements BuiltInPack {
        /** Refuses null. */
        public ProcessData {
            notNull(limits, "BuiltInPack.ProcessData.limits");
        }
    }

    /**
     * The tools {@code get_data_cached}, {@code save_data} and {@code delete_data}, and the resources {@code data://{id}}.
     *
     * @param settings how concurrent loads are combined into batches
     */
    record Documents(DocumentStore store, DocumentSettings settings) implements BuiltInPack {
        /** Refuses null. */
        public Documents {
            notNull(store, "BuiltInPack.Documents.store");
            notNull(settings, "BuiltInPack.Documents.settings");
        }
    }

    /** The tools {@code create_user}, {@code get_user}, {@code update_user}, {@code delete_user} and {@code list_users}. */
    record Users(UserStore store) implements BuiltInPack {
        /** Refuses null. */
        public Users {
            notNull(store, "BuiltInPack.Users.store");
        }
    }

    /**
     * The tool {@code create_order}, which creates and pays an order over three services.
     *
     * @param store keeps how far each order has come
     */
    record Orders(Services services, OrderStore store, OrderSettings settings) implements BuiltInPack {
        /** Refuses null. */
        public Orders {
            notNull(services, "BuiltInPack.Orders.services");
            notNull(store, "BuiltInPack.Orders.store");
            notNull(settings, "BuiltInPack.Orders.settings");
        }
    }

    /**
     * The tool {@code login}, which gives a token for the password of a local account.
     *
     * @param tokenLifetime the time until a token expires; at most a day
     */
    record Auth(
            Accounts accounts,
            LoginFailures failures,
            PasswordHasher hasher,
            TokenIssuer tokens,
            Duration tokenLifetime)
            implements BuiltInPack {
        /** Refuses null, and a lifetime that is not positive or longer than a day. */
        public Auth {
            notNull(accounts, "BuiltInPack.Auth.accounts");
            notNull(failures, "BuiltInPack.Auth.failures");
            notNull(hasher, "BuiltInPack.Auth.hasher");
            notNull(tokens, "BuiltInPack.Auth.tokens");
            positive(tokenLifetime, "BuiltInPack.Auth.tokenLifetime");
            check(tokenLifetime.compareTo(Accounts.MAX_TOKEN_LIFETIME) <= 0, "tokenLifetime must be at most a day.");
        }
    }

    /**
     * The tool {@code admin_action}, for callers with the role {@code admin}. It clears the cache, resets circuit breakers,
     * and lists and ends sessions; the program that starts the server supplies the other actions.
     *
     * @param logLevel sets the log level: {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}; null
     *     if that is not possible
     * @param reload reads the configuration again, and returns a sentence on the effect. It throws {@link
     *     io.breakwater.port.PortException.RefusedException} if that is not possible at present; null if it never is
     * @param drain begins a graceful shutdown, and returns at once; null if that is not possible
     */
    record Administration(
            @Nullable Consumer<String> logLevel,
            @Nullable Supplier<String> reload,
            @Nullable Runnable drain) implements BuiltInPack {}
    /** The tool {@code batch_operation}, which calls several tools at once. */
    record Batch() implements BuiltInPack {}

    /** SQL on a database, within the access rules of the gateway. */
    record Database(SqlGateway gateway, TableCatalog catalog, QuerySettings settings) implements BuiltInPack {
        /** Refuses null. */
        public Database {
            notNull(gateway, "BuiltInPack.Database.gateway");
            notNull(catalog, "BuiltInPack.Database.catalog");
            notNull(settings, "BuiltInPack.Database.settings");
        }
    }

    /**
     * The tools {@code api_request}, {@code batch_api_requests} and {@code list_services}, and the resources {@code
     * services://}.
     */
    record HttpServices(Services services) implements BuiltInPack {
        /** Refuses null. */
        public HttpServices {
            notNull(services, "BuiltInPack.HttpServices.services");
        }
    }

    /**
     * The health, the metrics and the configuration of the server.
     *
     * @param configuration the part of the effective configuration that every caller may see, as text and without
     *     secrets; null if there is none
     */
    record SystemInfo(@Nullable Supplier<String> configuration) implements BuiltInPack {}
}
