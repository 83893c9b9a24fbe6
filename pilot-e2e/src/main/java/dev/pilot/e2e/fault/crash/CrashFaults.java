package dev.pilot.e2e.fault.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Violations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kills a hub under load again and again. After each restart, all that was ever acknowledged is there and nothing is there twice, the
 * run that was under way is put back, the process that it had started is gone, and the database is sound.
 */
public final class CrashFaults implements FaultSuite {
    private static final long SEED = 20_261_121;
    /** After so many acknowledged writes at least and at most the hub is killed: counted, so that slow machines prove as much. */
    private static final int FEWEST_WRITES = 50;

    private static final int MOST_WRITES = 500;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int PAGE = 1_000;

    /** Makes it. */
    public CrashFaults() {}

    /** A run that was under way when the hub was killed. */
    private record InFlight(RunId run, int attempt, long pid) {}

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        Path directory = Files.createTempDirectory("pilot-crash");
        try {
            run(rounds, violations, directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(CrashFaults::delete);
            }
        }
    }

    private static void run(int rounds, Violations violations, Path directory) throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("hub.log");
        Random random = new Random(SEED);
        Ledger ledger = new Ledger();
        InFlight inFlight = null;
        for (int round = 1; round <= rounds; round++) {
            HubProcess hub = HubProcess.start(data, log);
            Pilot pilot = hub.client();
            look(pilot, ledger, inFlight, violations);
            inFlight = startRun(pilot);
            int enough = ledger.size() + FEWEST_WRITES + random.nextInt(MOST_WRITES - FEWEST_WRITES);
            try (Load load = Load.start(pilot, ledger, "r" + round)) {
                await("the hub acknowledges writes", () -> ledger.size() >= enough);
                hub.kill();
            }
            soundness(data, directory.resolve("copy"), violations);
            System.err.printf("round %d of %d: %d writes acknowledged so far%n", round, rounds, ledger.size());
        }
        try (HubProcess hub = HubProcess.start(data, log)) {
            look(hub.client(), ledger, inFlight, violations);
        }
    }

    private static InFlight startRun(Pilot pilot) {
        ProjectId project = pilot.projects()
                .create(CreateProject.builder("in flight").build())
                .id();
        RunId run = pilot.runs()
                .create(CreateRun.forProject(project, "sleep")
                        .profile(RunProfile.command(List.of("sh", "-c", "echo pid $$ && exec sleep 600")))
                        .policy(RunPolicy.builder().maxAttempts(2).build())
                        .build())
                .id();
        await("the run prints its process id", () -> pid(pilot, run) != null);
        Long pid = pid(pilot, run);
        return new InFlight(run, pilot.runs().get(run).attempt(), pid == null ? 0 : pid);
    }

    private static @Nullable Long pid(Pilot pilot, RunId run) {
        if (pilot.runs().get(run).state() != RunState.RUNNING) {
            return null;
        }
        String printed = new String(
                pilot.runs()
                        .output(new OutputRequest(run, 0, OutputStream.STDOUT, 0, 100))
                        .bytes(),
                UTF_8);
        return printed.startsWith("pid ") && printed.endsWith("\n")
                ? Long.valueOf(printed.substring("pid ".length()).strip())
                : null;
    }

    /** Holds all that was promised against what is there. */
    private static void look(Pilot pilot, Ledger ledger, @Nullable InFlight inFlight, Violations violations) {
        Map<String, Project> projects = projects(pilot);
        for (String project : ledger.projects()) {
            violations.count("crash.lost", projects.containsKey(project), "project " + project);
        }
        Map<String, Integer> found = events(pilot, violations);
        for (String event : ledger.events()) {
            violations.count("crash.lost", found.containsKey(event), "event " + event);
        }
        for (String event : ledger.openEvents()) {
            violations.count("crash.doubled", found.getOrDefault(event, 0) <= 1, "event " + event);
        }
        ledger.bumps().forEach((project, bumps) -> {
            Project there = projects.get(project);
            if (there != null) {
                int progress = there.progress();
                String what = "progress of " + project + " is " + progress + " after " + bumps;
                violations.count("crash.lost", progress >= bumps.acknowledged().get(), what);
                violations.count("crash.doubled", progress <= bumps.open().get(), what);
            }
        });
        if (inFlight != null) {
            look(pilot, inFlight, violations);
        }
    }

    /** The run goes on in another attempt, and nothing is left of the one before. */
    private static void look(Pilot pilot, InFlight inFlight, Violations violations) {
        RunId id = inFlight.run();
        boolean goesOn = holds(() -> {
            Run run = pilot.runs().get(id);
            return run.attempt() > inFlight.attempt() && run.state() == RunState.RUNNING && pid(pilot, id) != null;
        });
        violations.count("crash.stuck", goesOn, "run " + pilot.runs().get(id));
        violations.count("crash.orphans", holds(() -> !isAlive(inFlight.pid())), "process " + inFlight.pid());
        pilot.runs().cancel(id, "looked at");
    }

    private static Map<String, Project> projects(Pilot pilot) {
        Map<String, Project> found = new HashMap<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_LIMIT);
        while (true) {
            Page<Project> page = pilot.projects().list(ProjectFilter.ALL, request);
            page.items().forEach(project -> found.put(project.id().value(), project));
            if (page.next() == null) {
                return found;
            }
            request = new PageRequest(PageRequest.MAX_LIMIT, page.next());
        }
    }

    /** All events by id, with how often each is there; their positions grow. */
    private static Map<String, Integer> events(Pilot pilot, Violations violations) {
        Map<String, Integer> found = new HashMap<>();
        long position = 0;
        List<Event> page;
        do {
            page = pilot.events().list(EventFilter.ALL, position, PAGE).items();
            for (Event event : page) {
                violations.count("crash.order", event.position() > position, "event " + event.id());
                position = event.position();
                found.merge(event.id().value(), 1, Integer::sum);
            }
        } while (!page.isEmpty());
        return found;
    }

    /** Looks at a copy, so that the next hub finds everything as the kill left it. */
    private static void soundness(Path data, Path copy, Violations violations) throws IOException, SQLException {
        Files.createDirectories(copy);
        String name = "pilot.sqlite3";
        for (String suffix : List.of("", "-wal")) {
            Path file = data.resolve("control_plane").resolve(name + suffix);
            if (Files.exists(file)) {
                Files.copy(file, copy.resolve(name + suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve(name));
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("pragma integrity_check")) {
            String said = answer.next() ? answer.getString(1) : "nothing";
            violations.count("crash.integrity", "ok".equals(said), said);
        }
        try (Stream<Path> files = Files.list(copy)) {
            files.forEach(CrashFaults::delete);
        }
    }

    /** A process that has ended and was not yet asked about is not alive. */
    private static boolean isAlive(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            if (Files.exists(stat)) {
                String text = Files.readString(stat);
                return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
            }
        } catch (IOException ended) {
            return false;
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static void await(String what, BooleanSupplier condition) {
        if (!holds(condition)) {
            throw new IllegalStateException("waited in vain: " + what);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return true;
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
