package dev.pilot.server.demo;

import dev.pilot.server.Logging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the demo's options. */
@Command(
        name = "demo",
        description = "Does one real run on a git repository, and shows all that happens.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The work is done on a clone of the repository in a temporary directory; the repository itself",
            "is only read. Commands are run by sh in the run's workspace. The agent finds its goal on its",
            "standard input and in the file that $PILOT_GOAL_FILE names. It ends with 0 if the run succeeded."
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--repo", paramLabel = "<path or url>", description = "The repository. Default: Pilot's own.")
    private @Nullable String repo;

    @Option(
            names = "--agent",
            paramLabel = "<command>",
            description = "What does the work. Default: a small agent that adds a table of contents or an overview.")
    private @Nullable String agent;

    @Option(
            names = "--test",
            paramLabel = "<command>",
            description = "The gate that the work must pass. Default: a check of the files that were changed.")
    private @Nullable String test;

    @Option(names = "--goal", paramLabel = "<text>", description = "What the agent is asked to do.")
    private @Nullable String goal;

    @Option(names = "--ask", description = "Let somebody else decide, from another terminal.")
    private boolean ask;

    @Option(names = "--keep", description = "Keep the data and serve the hub afterwards, until interrupted.")
    private boolean keep;

    @Option(names = "--json", description = "Print the events, and the run at the end, as lines of JSON.")
    private boolean json;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.level("error"); // the timeline says what there is to say
        String home = System.getProperty("pilot.home", ".");
        DemoPlan plan = DemoPlan.of(repo == null ? home : repo, agent, test, goal);
        boolean colours = Boolean.getBoolean("pilot.terminal") && System.getenv("NO_COLOR") == null;
        Screen screen = new Screen(spec.commandLine().getOut(), new Colours(colours), json);
        try (DemoHub hub = DemoHub.open(keep)) {
            boolean succeeded = new Demo(hub, plan, screen, ask ? hub.open() : null).run();
            if (keep) {
                hub.serve(screen);
            }
            return succeeded ? 0 : 1;
        }
    }

    static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
