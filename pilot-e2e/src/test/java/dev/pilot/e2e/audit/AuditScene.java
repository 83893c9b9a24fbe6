package dev.pilot.e2e.audit;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.system.AuditChain;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.testkit.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

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

    /** The record as the columns hold it. */
    AuditRow row(long sequence) {
        String from = " from audit_event where sequence = " + sequence;
        return new AuditRow(
                sequence,
                ask("select id" + from).get(0),
                Long.parseLong(ask("select at" + from).get(0)),
                ask("select who" + from).get(0),
                ask("select kind" + from).get(0),
                ask("select operation" + from).get(0),
                ask("select target" + from).get(0),
                ask("select decision" + from).get(0),
                null,
                null,
                ask("select reason" + from).get(0),
                Long.valueOf(ask("select bytes" + from).get(0)),
                ask("select host" + from).get(0),
                null,
                null,
                ask("select data" + from).get(0),
                ask("select hash" + from).get(0));
    }

    /** Computes hashes anew, as anybody can; answers the last. */
    String chainAnew(int from, int to) {
        String before = row(from - 1L).hash();
        for (int sequence = from; sequence <= to; sequence++) {
            before = AuditChain.hash(before, row(sequence));
            sql("update audit_event set hash = '" + before + "' where sequence = " + sequence);
        }
        return before;
    }

    /** Puts a copy of a record behind the last, with other times and another hash. */
    void append(int copied, int sequence, long at, String hash) {
        sql(
                "insert into audit_event (sequence, id, at, who, kind, operation, target, decision, reason, bytes, host, data, hash)"
                        + " select " + sequence + ", 'forged-" + sequence + "', " + at
                        + ", who, kind, operation, target, decision, reason, bytes, host, data, '" + hash
                        + "' from audit_event where sequence = " + copied);
    }

    long count() {
        return Long.parseLong(ask("select count(*) from audit_event").get(0));
    }

    /** Up to which record the file outside of the database seals. */
    long head() {
        try {
            return Long.parseLong(Files.readString(data.resolve("audit.head")).split(" ", 2)[0]);
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alarmed() {
        return Files.exists(data.resolve("audit.fault"));
    }

    /** Lets some time go by in which a running hub records something, and waits until it is sealed. */
    void pass(PilotHub hub, Duration time) {
        clock.advance(time);
        record(hub, 1_000_000, 1);
        long last = Long.parseLong(ask("select max(sequence) from audit_event").get(0));
        clock.advance(Duration.ofMinutes(2));
        eventually(() -> head() >= last);
    }

    static void eventually(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
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

    Connection connect() throws SQLException {
        String url = engine.storeUrl(data);
        return DriverManager.getConnection(
                url == null ? "jdbc:sqlite:" + data.resolve("control_plane").resolve("pilot.sqlite3") : url);
    }
}
