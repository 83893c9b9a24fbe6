package dev.pilot.server.decide;

import dev.pilot.api.Pilot;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Verdict;
import dev.pilot.server.HubOptions;
import dev.pilot.server.Logging;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says no. */
@Command(
        name = "reject",
        description = "Rejects what waits for a decision.",
        mixinStandardHelpOptions = true,
        footer = {"", "Of several, each is decided by itself. It ends with 1 if one was refused."})
public final class RejectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HubOptions hub;

    @Parameters(arity = "1..*", paramLabel = "<id>", description = "Approvals, or runs that wait for one.")
    private List<String> ids;

    @Option(names = "--comment", paramLabel = "<text>", description = "Why; with --again, what to do better.")
    private @Nullable String comment;

    @Option(names = "--again", description = "For a result: send it back for another attempt.")
    private boolean again;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public RejectCommand() {}

    @Override
    public Integer call() {
        Logging.level("error");
        try (Pilot pilot = hub.connect()) {
            return Decider.decide(
                    pilot,
                    ids,
                    Decision.of(Verdict.REJECT, comment, again),
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }
}
