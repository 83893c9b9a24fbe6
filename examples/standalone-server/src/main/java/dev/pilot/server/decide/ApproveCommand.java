package dev.pilot.server.decide;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.GrantScope;
import dev.pilot.api.run.GrantTerms;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.server.HubOptions;
import dev.pilot.server.Logging;
import dev.pilot.wire.WireCodec;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says yes. */
@Command(
        name = "approve",
        description = "Approves what waits for a decision.",
        mixinStandardHelpOptions = true,
        footer = {"", "Of several, each is decided by itself. It ends with 1 if one was refused."})
public final class ApproveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HubOptions hub;

    @Parameters(arity = "1..*", paramLabel = "<id>", description = "Approvals, or runs that wait for one.")
    private List<String> ids;

    @Option(names = "--comment", paramLabel = "<text>", description = "What is said with it.")
    private @Nullable String comment;

    @Option(names = "--payload", paramLabel = "<json>", description = "Yes, but with this instead of what was asked.")
    private @Nullable String payload;

    @Option(
            names = "--for",
            paramLabel = "<scope>",
            description = "For a tool: may be used again by the same run, agent or project. Default: run.")
    private @Nullable String scope;

    @Option(names = "--any-arguments", description = "For a tool: with other arguments and targets, too.")
    private boolean anyArguments;

    @Option(names = "--uses", paramLabel = "<n>", description = "For a tool: how often. Default: any number.")
    private @Nullable Integer uses;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public ApproveCommand() {}

    @Override
    public Integer call() {
        Logging.level("error");
        Decision decision = Decision.builder(payload == null ? Verdict.APPROVE : Verdict.EDIT)
                .comment(comment)
                .payload(payload())
                .grant(grant())
                .build();
        try (Pilot pilot = hub.connect()) {
            return Decider.decide(
                    pilot,
                    ids,
                    decision,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }

    private Json.@Nullable Obj payload() {
        if (payload == null) {
            return null;
        }
        try {
            return WireCodec.read(payload, Json.Obj.class);
        } catch (InvalidInput wrong) {
            throw InvalidInput.of("--payload", "must be a JSON object: " + wrong.getMessage());
        }
    }

    private @Nullable GrantTerms grant() {
        if (scope == null && !anyArguments && uses == null) {
            return null;
        }
        return GrantTerms.builder()
                .scope(scope == null ? GrantScope.RUN : Named.parse(GrantScope.class, scope, "--for"))
                .anyArguments(anyArguments)
                .uses(uses)
                .build();
    }
}
