package io.breakwater.server;

import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.driven.UserStore;
import io.breakwater.server.settings.DocumentSettings;
import io.breakwater.server.settings.ProcessingLimits;
import io.breakwater.server.settings.QuerySettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The packs that ship, with what each needs to be told. */
public sealed interface BuiltInPack {

    /** {@code process_data}. */
    record Processing(ProcessingLimits limits) implements BuiltInPack {}

    /**
     * {@code get_data_cached}, {@code save_data} and {@code data://{id}}.
     *
     * @param settings how loads are gathered
     */
    record Documents(DocumentStore store, DocumentSettings settings) implements BuiltInPack {}

    /** {@code create_user}, {@code get_user}, {@code update_user} and {@code list_users}. */
    record Users(UserStore store) implements BuiltInPack {}

    /** SQL on a database, under the guard of its gateway. */
    record Database(SqlGateway gateway, TableCatalog catalog, QuerySettings settings) implements BuiltInPack {}

    /**
     * Health and figures.
     *
     * @param configuration the effective configuration as text, without secrets; null when there is none to show
     */
    record Operations(@Nullable Supplier<String> configuration) implements BuiltInPack {}
}
