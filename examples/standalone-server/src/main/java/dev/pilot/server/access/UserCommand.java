package dev.pilot.server.access;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.server.HubOptions;
import dev.pilot.server.Logging;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Administers users. */
@Command(
        name = "user",
        description = "Administers who logs in with a password.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "<command>",
        footer = {
            "",
            "A password is asked for on the terminal, or is the first line of the standard input.",
            "The first user is made with the token that the hub left in data/admin.token:",
            "  ./pilot user add anna --admin"
        })
public final class UserCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public UserCommand() {}

    /** Without a command: says which there are. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "add", description = "Creates a user.", mixinStandardHelpOptions = true)
    void add(
            @Mixin HubOptions hub,
            @Mixin RightsOptions rights,
            @Option(names = "--email", paramLabel = "<address>", description = "Where it can be written to.") @Nullable
                    String email,
            @Parameters(paramLabel = "<name>", description = "By which it logs in.") String name)
            throws IOException {
        var asked = rights.rights();
        String password = PasswordInput.read(name);
        with(hub, pilot -> {
            User user = pilot.users().create(new CreateUser(name, email, password, asked));
            out().println(user.name() + " may log in (" + user.id() + ").");
        });
    }

    @Command(name = "list", description = "Lists users, the oldest first.", mixinStandardHelpOptions = true)
    void list(
            @Mixin HubOptions hub,
            @Option(names = "--json", description = "Print each as a line of JSON.") boolean json) {
        with(
                hub,
                pilot -> each(
                        pilot,
                        user -> out().println(
                                        json
                                                ? WireCodec.writeText(user)
                                                : user.name() + "  " + RightsOptions.shown(user.rights())
                                                        + (user.enabled() ? "" : ", disabled"))));
    }

    @Command(
            name = "password",
            description = "Gives a user another password and ends all its sessions.",
            mixinStandardHelpOptions = true)
    void password(@Mixin HubOptions hub, @Parameters(paramLabel = "<name>") String name) throws IOException {
        String password = PasswordInput.read(name);
        with(hub, pilot -> {
            pilot.users().setPassword(named(pilot, name).id(), password);
            out().println(name + " has another password; its sessions are over.");
        });
    }

    @Command(
            name = "disable",
            description = "Keeps a user from logging in, and ends all its sessions.",
            mixinStandardHelpOptions = true)
    void disable(@Mixin HubOptions hub, @Parameters(paramLabel = "<name>") String name) {
        enable(hub, name, false);
    }

    @Command(name = "enable", description = "Lets a user log in again.", mixinStandardHelpOptions = true)
    void enable(@Mixin HubOptions hub, @Parameters(paramLabel = "<name>") String name) {
        enable(hub, name, true);
    }

    @Command(
            name = "delete",
            description = "Deletes a user; what stands on record of it stays.",
            mixinStandardHelpOptions = true)
    void delete(@Mixin HubOptions hub, @Parameters(paramLabel = "<name>") String name) {
        with(hub, pilot -> {
            pilot.users().delete(named(pilot, name).id());
            out().println(name + " is deleted.");
        });
    }

    private void enable(HubOptions hub, String name, boolean enabled) {
        with(hub, pilot -> {
            pilot.users().update(named(pilot, name).id(), UpdateUser.NOTHING.enabled(enabled));
            out().println(name + " is " + (enabled ? "enabled." : "disabled."));
        });
    }

    private static User named(Pilot pilot, String name) {
        User[] found = new User[1];
        each(pilot, user -> found[0] = user.name().equals(name) ? user : found[0]);
        if (found[0] == null) {
            throw new NotFound("user", name);
        }
        return found[0];
    }

    private static void each(Pilot pilot, Consumer<User> work) {
        PageRequest request = PageRequest.first();
        while (true) {
            Page<User> page = pilot.users().list(request);
            page.items().forEach(work);
            if (page.next() == null) {
                return;
            }
            request = request.after(page.next());
        }
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
