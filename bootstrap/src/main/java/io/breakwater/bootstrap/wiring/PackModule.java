package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import dagger.multibindings.ElementsIntoSet;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.YamlText;
import io.breakwater.core.PackChoice;
import java.util.Set;

/** The packs that are switched on; each method is one of them. */
@Module
final class PackModule {
    private PackModule() {}

    @Provides
    @ElementsIntoSet
    static Set<PackChoice> data(Configuration configuration) {
        var settings = configuration.settings();
        return settings.packs().data() ? Set.of(new PackChoice.Processing(settings.processing())) : Set.of();
    }

    @Provides
    @ElementsIntoSet
    static Set<PackChoice> system(Configuration configuration) {
        return configuration.settings().packs().system()
                ? Set.of(new PackChoice.Operations(() -> YamlText.effective(configuration.chapters())))
                : Set.of();
    }
}
