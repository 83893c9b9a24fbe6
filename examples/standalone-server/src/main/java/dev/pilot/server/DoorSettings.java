package dev.pilot.server;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.core.config.Settings;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.guard.Forwarding;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.http.guard.Tls;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be set of who comes in how often, from where and over what. */
final class DoorSettings {
    private DoorSettings() {}

    /**
     * Reads it.
     *
     * @throws InvalidInput if settings contradict each other
     */
    static void read(Settings settings, HttpConfig defaults, HttpConfig.Builder to) {
        to.rates(rates(settings, defaults.rates()))
                .maxAddressConnections(
                        ServerSettings.number(settings, "max.address.connections", defaults.maxAddressConnections()))
                .headerTimeout(settings.duration("header.timeout", defaults.headerTimeout()))
                .bodyRate(ServerSettings.number(settings, "min.body.rate", defaults.bodyRate()))
                .trustedProxies(ServerSettings.words(settings, "trusted.proxies"))
                .forwarding(forwarding(settings.text("proxy.headers").orElse("x-forwarded")))
                .tls(tls(settings));
    }

    private static RateLimits rates(Settings settings, RateLimits defaults) {
        return new RateLimits(
                ServerSettings.number(settings, "rate.caller", defaults.caller()),
                ServerSettings.number(settings, "rate.address", defaults.address()),
                settings.duration("rate.burst", defaults.burst()),
                ServerSettings.number(settings, "rate.failures", defaults.failures()),
                settings.duration("rate.longest.wait", defaults.longestWait()),
                ServerSettings.number(settings, "rate.remembered", defaults.remembered()));
    }

    private static Forwarding forwarding(String headers) {
        return switch (headers) {
            case "x-forwarded" -> Forwarding.X_FORWARDED;
            case "forwarded" -> Forwarding.FORWARDED;
            default ->
                throw InvalidInput.of("proxy.headers", "must be x-forwarded or forwarded, but is '" + headers + "'");
        };
    }

    private static @Nullable Tls tls(Settings settings) {
        Optional<String> store = settings.text("tls.keystore");
        Optional<String> password = settings.secret("tls.password");
        Optional<String> certificate = settings.text("tls.certificate");
        Optional<String> key = settings.text("tls.key");
        if (store.isPresent() && password.isPresent() && certificate.isEmpty() && key.isEmpty()) {
            return Tls.pkcs12(Path.of(store.get()), password.get());
        } else if (certificate.isPresent() && key.isPresent() && store.isEmpty() && password.isEmpty()) {
            return Tls.pem(Path.of(certificate.get()), Path.of(key.get()));
        } else if (store.isPresent() || password.isPresent() || certificate.isPresent() || key.isPresent()) {
            throw InvalidInput.of("tls", "takes either tls.keystore and tls.password, or tls.certificate and tls.key");
        }
        return null;
    }
}
