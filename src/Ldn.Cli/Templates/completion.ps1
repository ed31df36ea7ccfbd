# Completion of ldn for PowerShell: ldn completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName ldn -ScriptBlock {
    param($typed, $line, $position)
    $given = @($line.CommandElements | ForEach-Object { $_.ToString() })
    $words = @($given | Select-Object -Skip 1)
    if ($typed -eq '') { $words += '' }
    & $given[0] completion words -- @words 2>$null | ForEach-Object {
        $text, $doc = $_ -split "`t", 2
        # Without candidates PowerShell offers files itself.
        if ($text -notmatch '^:') {
            [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $(if ($doc) { $doc } else { $text }))
        }
    }
}
