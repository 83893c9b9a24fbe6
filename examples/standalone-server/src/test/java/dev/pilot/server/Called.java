package dev.pilot.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What came of a command line.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained about
 */
public record Called(int code, String out, String err) {
    public static Called pilot(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(args);
        return new Called(code, out.toString(), err.toString());
    }
}
