package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpConfigTest {
    @Test
    void theDefaultsAreForThisMachineOnly() {
        HttpConfig config = HttpConfig.defaults();
        assertEquals("127.0.0.1", config.host());
        assertEquals(7878, config.port());
        assertEquals(Set.of(), config.allowedHosts());
        assertEquals(Set.of(), config.allowedOrigins());
        assertEquals(1 << 20, config.maxBody());
        assertEquals(200_000_000, config.maxUpload());
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        InvalidInput thrown = assertThrows(
                InvalidInput.class,
                () -> HttpConfig.builder()
                        .host(" ")
                        .port(-1)
                        .maxBody(5)
                        .threads(0)
                        .heartbeat(Duration.ofMinutes(1))
                        .slowReader(Duration.ZERO)
                        .allowedOrigins(Set.of("example.org"))
                        .build());
        assertEquals(
                Set.of("host", "port", "maxBody", "threads", "heartbeat", "slowReader", "allowedOrigins"),
                Set.copyOf(thrown.fields().stream().map(FieldError::field).toList()));
    }

    @Test
    void aTakenPortIsSaid() {
        try (PilotServer first = HubServer.serve(
                credentials -> {
                    throw new Unauthenticated("nobody");
                },
                config -> config)) {
            Unavailable thrown = assertThrows(
                    Unavailable.class,
                    () -> HubServer.serve(
                            credentials -> {
                                throw new Unauthenticated("nobody");
                            },
                            config -> config.port(first.port())));
            assertEquals("address-in-use", thrown.code());
        }
    }
}
