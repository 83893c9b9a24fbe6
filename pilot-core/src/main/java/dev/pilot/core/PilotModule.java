package dev.pilot.core;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.ProvisionException;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.repo.VcsProvider;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerProvider;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.redaction.RuleRedactor;
import dev.pilot.core.system.DataDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Wires a hub. Every port has a default, taken from the adapters on the class path; to use another one, override it with a binding
 * of your own:
 *
 * <pre>{@code
 * OptionalBinder.newOptionalBinder(binder(), SecretRedactor.class).setBinding().to(MyRedactor.class);
 * }</pre>
 */
public final class PilotModule extends AbstractModule {
    private static final String CHOSEN = "chosen by its URL";

    private final PilotConfig config;

    /**
     * Makes the module.
     *
     * @param config how the hub is set up
     */
    public PilotModule(PilotConfig config) {
        this.config = config;
    }

    static PilotHub open(PilotConfig config) {
        try {
            return Guice.createInjector(Stage.DEVELOPMENT, new PilotModule(config))
                    .getInstance(PilotHub.class);
        } catch (CreationException | ProvisionException wrapped) {
            if (wrapped.getCause() instanceof PilotException cause) {
                throw cause;
            }
            throw wrapped;
        }
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        bind(PilotConfig.class).toInstance(config);
        OptionalBinder.newOptionalBinder(binder(), SecretRedactor.class)
                .setDefault()
                .toProvider(() -> RuleRedactor.withDefaults(config.secrets()))
                .in(Singleton.class);
        OptionalBinder.newOptionalBinder(binder(), ProjectStore.class)
                .setDefault()
                .to(Key.get(ProjectStore.class, Names.named(CHOSEN)));
        OptionalBinder.newOptionalBinder(binder(), VcsSync.class);
        OptionalBinder.newOptionalBinder(binder(), CommandRunner.class);
        OptionalBinder.newOptionalBinder(binder(), Key.get(new TypeLiteral<List<RunnerAdapter>>() {}));
    }

    @Provides
    @Singleton
    DataDirectory data() {
        return new DataDirectory(config.dataDirectory());
    }

    @Provides
    @Singleton
    @Named(CHOSEN)
    ProjectStore store(DataDirectory data) {
        return StoreChoice.open(config, data);
    }

    @Provides
    @Singleton
    PilotHub hub(
            DataDirectory data,
            ProjectStore store,
            SecretRedactor redactor,
            Optional<VcsSync> vcs,
            Optional<CommandRunner> commands,
            Optional<List<RunnerAdapter>> runners) {
        try {
            Map<String, String> environment = new HashMap<>(config.environment());
            environment.put("PILOT_STATE_DIR", data.processes().toString());
            List<RunnerProvider> providers = ServiceLoader.load(RunnerProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            return new PilotHub(
                    config,
                    data,
                    new PilotHub.Adapters(
                            store,
                            redactor,
                            vcs.or(() -> ServiceLoader.load(VcsProvider.class)
                                            .findFirst()
                                            .map(VcsProvider::create))
                                    .orElse(null),
                            runners.orElseGet(() -> providers.stream()
                                    .map(provider -> provider.runner(redactor, environment))
                                    .toList()),
                            commands.or(() -> providers.stream()
                                            .findFirst()
                                            .map(provider -> provider.commands(redactor, environment)))
                                    .orElse(null)));
        } catch (RuntimeException failure) {
            store.close();
            throw failure;
        }
    }
}
