package dev.pilot.server.access;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Token;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.config.Settings;
import dev.pilot.server.HubOptions;
import dev.pilot.server.Logging;
import dev.pilot.wire.WireCodec;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Administers tokens. */
@Command(
        name = "token",
        description = "Administers the tokens that programs show.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "<command>")
public final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public TokenCommand() {}

    /** Without a command: says which there are. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "add",
            description = "Creates a token and prints it, this once.",
            mixinStandardHelpOptions = true,
            footer = {"", "Nothing but the token goes to the standard output: ./pilot token add ci --scope agent > file"
            })
    void add(
            @Mixin HubOptions hub,
            @Mixin RightsOptions rights,
            @Option(
                            names = "--expires",
                            paramLabel = "<span>",
                            defaultValue = "2160h",
                            description =
                                    "After how long it holds no longer, such as 24h; never for ever. Default: 90 days.")
                    String expires,
            @Option(names = "--json", description = "Print it with all that is known of it, as JSON.") boolean json,
            @Parameters(paramLabel = "<name>", description = "By which whoever shows it is known.") String name) {
        CreateToken command = new CreateToken(name, rights.rights(), until(expires));
        with(hub, pilot -> {
            NewToken made = pilot.tokens().create(command);
            out().println(json ? WireCodec.writeText(made) : made.secret());
            PrintWriter err = spec.commandLine().getErr();
            err.println(made.token().id() + ": " + line(made.token()) + ". It is not shown again.");
            err.flush();
        });
    }

    private static @Nullable Instant until(String expires) {
        if (expires.equals("never")) {
            return null;
        }
        try {
            Duration span = Settings.time(expires);
            return Instant.now().plus(span);
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw InvalidInput.of("--expires", "must be a span of time such as 24h, or never");
        }
    }

    @Command(name = "list", description = "Lists tokens, the oldest first.", mixinStandardHelpOptions = true)
    void list(
            @Mixin HubOptions hub,
            @Option(names = "--json", description = "Print each as a line of JSON.") boolean json) {
        with(
                hub,
                pilot -> all(pilot)
                        .forEach(token ->
                                out().println(json ? WireCodec.writeText(token) : token.id() + "  " + line(token))));
    }

    @Command(
            name = "revoke",
            description = "Revokes a token at once.",
            mixinStandardHelpOptions = true,
            footer = {"", "By its id, or by its name where one token of that name is left."})
    void revoke(@Mixin HubOptions hub, @Parameters(paramLabel = "<id or name>") String which) {
        with(hub, pilot -> {
            Token token = all(pilot).stream()
                    .filter(each ->
                            each.id().value().equals(which) || each.name().equals(which) && each.revokedAt() == null)
                    .reduce((one, other) -> {
                        throw InvalidInput.of("<id or name>", "is the name of several: give the id");
                    })
                    .orElseThrow(() -> new NotFound("token", which));
            out().println(line(pilot.tokens().revoke(token.id())));
        });
    }

    private static List<Token> all(Pilot pilot) {
        List<Token> all = new ArrayList<>();
        PageRequest request = PageRequest.first();
        while (true) {
            Page<Token> page = pilot.tokens().list(request);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            request = request.after(page.next());
        }
    }

    private static String line(Token token) {
        return token.name() + ", " + RightsOptions.shown(token.rights())
                + (token.revokedAt() != null
                        ? ", revoked " + token.revokedAt()
                        : token.expiresAt() == null ? ", for ever" : ", until " + token.expiresAt())
                + (token.lastUsedAt() == null ? ", never used" : ", last used " + token.lastUsedAt());
    }

    private void with(HubOptions hub, Consumer<Pilot> work) {
        Logging.level("error");
        try (Pilot pilot = hub.connect()) {
            work.accept(pilot);
        }
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
