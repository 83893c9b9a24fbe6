package dev.pilot.server;

import dev.pilot.api.error.PilotException;
import dev.pilot.server.access.TokenCommand;
import dev.pilot.server.access.UserCommand;
import dev.pilot.server.decide.ApproveCommand;
import dev.pilot.server.decide.InboxCommand;
import dev.pilot.server.decide.RejectCommand;
import dev.pilot.server.demo.DemoCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command line. It exits with 0 if all went well, 1 if what was asked for failed, 2 if it was asked for in a wrong way, and 70 if
 * the program itself is at fault.
 */
@Command(
        name = "pilot",
        description = "A hub for projects, tasks and the runs of agents.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "<command>",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            WorkerCommand.class,
            InboxCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            UserCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            FaultsCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:what was asked for failed; the message says why",
            "2:the command line is wrong",
            "70:a fault of the program"
        })
public final class Main implements Runnable {
    private static final int FAILED = 1;
    private static final int FAULT = 70;

    @Spec
    private CommandSpec spec;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public Main() {}

    /**
     * Runs a command and ends the program.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @return the exit code
     */
    public static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /** Without a command: says which there are. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof PilotException expected) {
            err.println("pilot: " + expected.getMessage() + " (" + expected.code() + ")");
            return FAILED;
        }
        err.println("pilot: this is a fault of the program, please report it:");
        failure.printStackTrace(err);
        return FAULT;
    }
}
