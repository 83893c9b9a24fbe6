package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line of an export is what the list says on the wire. */
class ExportedAuditTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void linesAreTheListsRecords(Engine engine) throws IOException {
        AuditScene scene = new AuditScene(engine, directory).with(300);
        AuditFilter filter = AuditFilter.builder().oldestFirst(true).build();
        try (PilotHub hub = scene.open();
                InputStream in = hub.audit().export(filter, AuditFormat.JSONL)) {
            List<AuditEvent> exported = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> WireCodec.read(line, AuditEvent.class))
                    .toList();
            assertThat(exported)
                    .hasSize(300)
                    .isEqualTo(hub.audit().list(filter, PageRequest.first(500)).items());
        }
    }
}
