package dev.pilot.e2e.audit;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A hub's audit log, and somebody who has its database but not its data directory. */
final class AuditScene {
    final Path data;
    final Engine engine;
    final MovableClock clock = MovableClock.create();

    AuditScene(Engine engine, Path directory) {
        this.engine = engine;
        this.data = directory.resolve("data");
    }

    PilotHub open() {
        return PilotHub.open(PilotConfig.builder(data)
                .storeUrl(engine.storeUrl(data))
                .sweepEvery(Duration.ofMillis(20))
                .auditRetention(Duration.ofDays(90))
                .clock(clock)
                .build());
    }

    /** A hub that records so many events, in sets, and is closed: that seals the last. */
    AuditScene with(int events) {
        try (PilotHub hub = open()) {
            record(hub, 0, events);
        }
        return this;
    }

    static void record(PilotHub hub, int from, int count) {
        List<NewAuditEvent> set = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            set.add(event(i));
            if (set.size() == 1_000 || i + 1 == from + count) {
                hub.audit().ingest(set).forEach(ItemResult::get);
                set.clear();
            }
        }
    }

    /** Every kind of field has few values and many, so that each filter finds much or little. */
    static NewAuditEvent event(int i) {
        AuditKind kind = i % 1_000 == 7 ? AuditKind.COMMAND : AuditKind.PATH;
        return NewAuditEvent.builder(
                        kind,
                        kind == AuditKind.PATH ? AuditOperation.WRITE : AuditOperation.EXEC,
                        "/srv/" + i % 100 + "/file-" + i,
                        i % 500 == 3 ? AuditDecision.DENIED : AuditDecision.ALLOWED)
                .reason("reason " + i)
                .host("host-" + i % 50)
                .bytes((long) i)
                .build();
    }

    AuditReport verify() {
        try (PilotHub hub = open()) {
            return hub.audit().verify();
        }
    }

    void sql(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> ask(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            int columns = answer.getMetaData().getColumnCount();
            while (answer.next()) {
                rows.add(answer.getString(columns));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private Connection connect() throws SQLException {
        String url = engine.storeUrl(data);
        return DriverManager.getConnection(
                url == null ? "jdbc:sqlite:" + data.resolve("control_plane").resolve("pilot.sqlite3") : url);
    }
}
