# Completion of ldn for fish: ldn completion fish | source
function __ldn_complete
    set -l given (commandline -opc)
    set -l typed (commandline -ct)
    test (count $typed) -eq 0; and set typed ''
    for line in ($given[1] completion words -- $given[2..-1] $typed 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path $typed
            case ':folders*'
                __fish_complete_directories $typed
            case '*'
                echo $line
        end
    end
end
complete -c ldn -f -a '(__ldn_complete)'
