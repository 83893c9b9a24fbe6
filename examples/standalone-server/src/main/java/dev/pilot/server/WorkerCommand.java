package dev.pilot.server;

import dev.pilot.core.config.Environment;
import dev.pilot.core.config.Settings;
import dev.pilot.core.config.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Carries runs out for a hub that is reached over HTTP, until the program is asked to end. */
@Command(
        name = "worker",
        description = "Carries out runs of a hub that serves elsewhere.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "It needs no disk of the hub's and no credential for a repository: the hub",
            "sends what a run starts from and gets back what came of it. Reports that the",
            "hub could not be told of wait in <dir>/outbox.",
            "PILOT_HUB, PILOT_TOKEN and what runs may be given are read from the environment,",
            "a secrets directory and .env, as by serve.",
            "SIGTERM and SIGINT let it finish what it has, for --drain at most; the rest",
            "goes back to the queue."
        })
final class WorkerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private HubOptions hub;

    @Option(
            names = "--dir",
            paramLabel = "<dir>",
            defaultValue = "worker",
            description = "Where it works; no other worker's. Default: worker.")
    private Path directory;

    @Option(
            names = "--id",
            paramLabel = "<id>",
            description = "Who it is. Default: one that is made up at the first start and kept in <dir>.")
    private @Nullable String id;

    @Option(
            names = "--slots",
            paramLabel = "<n>",
            defaultValue = "2",
            description = "How many runs at once. Default: 2.")
    private int slots;

    @Option(
            names = "--label",
            paramLabel = "<label>",
            description = "A label of runs that it fits; may be given several times.")
    private Set<String> labels = new LinkedHashSet<>();

    @Option(
            names = "--lease",
            paramLabel = "<time>",
            defaultValue = "30s",
            converter = Time.class,
            description = "How long it holds a run without being heard of. Default: 30s.")
    private Duration lease;

    @Option(
            names = "--drain",
            paramLabel = "<time>",
            defaultValue = "30s",
            converter = Time.class,
            description = "How long runs may go on when it is asked to end. Default: 30s.")
    private Duration drain;

    @Option(
            names = "--min-free-disk",
            paramLabel = "<MiB>",
            defaultValue = "512",
            description = "With less room in <dir> it takes no runs. Default: 512.")
    private int minFreeDisk;

    @Option(
            names = "--log-level",
            paramLabel = "<level>",
            defaultValue = "info",
            description = "error, warn, info or debug. Default: info.")
    private String level;

    @SuppressWarnings("NullAway") // picocli sets it
    WorkerCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Surroundings around = Surroundings.read(Environment.variables());
        StandaloneWorker.Setup setup = setup(around);
        Logging.level(level);
        around.warnings().forEach(LOG::warn);
        CountDownLatch ended = new CountDownLatch(1);
        StandaloneWorker worker = StandaloneWorker.start(setup);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker, ended), "pilot-shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Worker " + worker.id() + " takes up to " + slots + " runs of " + hub.shown());
        out.println("  works in     " + directory.toAbsolutePath().normalize());
        out.flush();
        ended.await();
        return 0;
    }

    StandaloneWorker.Setup setup(Surroundings around) {
        hub.goBy(around);
        return new StandaloneWorker.Setup(
                hub.address(), hub.token(), directory, id, slots, labels, lease, (long) minFreeDisk << 20, around);
    }

    /** A signal's exit code would say that the program was killed; it ended as it should. */
    private void end(StandaloneWorker worker, CountDownLatch ended) {
        int code = 0;
        try {
            worker.drain(drain);
        } catch (InterruptedException | RuntimeException failure) {
            LOG.error("Not everything could be ended.", failure);
            code = 1;
        }
        ended.countDown();
        Runtime.getRuntime().halt(code);
    }

    /** Spans of time as they are written in the settings. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Settings.time(text);
            } catch (DateTimeParseException | NumberFormatException e) {
                throw new TypeConversionException(
                        "must be a span of time such as 30s, 10m or 1h, but is '" + text + "'");
            }
        }
    }
}
