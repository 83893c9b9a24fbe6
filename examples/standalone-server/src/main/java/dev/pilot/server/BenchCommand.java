package dev.pilot.server;

import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
        name = "bench",
        description = "Runs a benchmark beside its peer and prints how they compare.",
        customSynopsis = "pilot bench <suite> [<options of the suite>]",
        mixinStandardHelpOptions = true)
final class BenchCommand extends HandOverCommand {
    BenchCommand() {
        super("dev.pilot.bench.Main");
    }
}
