@echo off
rem ldn ARGUMENTS: builds the program where sources are newer than the last build, then runs it. GDAL: see docs\install.md.
setlocal
set "root=%~dp0"
set "program=%root%artifacts\program-windows"
where dotnet >nul 2>nul || (
  echo ldn: the .NET 10 SDK is needed; install it from https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
  exit /b 2
)
powershell -NoProfile -Command "$p='%program%\Ldn.Cli.exe'; if (-not (Test-Path $p)) { exit 1 }; $t=(Get-Item $p).LastWriteTimeUtc; if (Get-ChildItem '%root%src','%root%Directory.Build.props','%root%Directory.Packages.props','%root%global.json' -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }" || (
  echo ldn: building ldn ^(the first run takes a minute or two^)... 1>&2
  dotnet publish "%root%src\Ldn.Cli" -c Release -v quiet -nologo --artifacts-path "%root%artifacts\windows" -o "%program%" -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false 1>&2 || exit /b 1
)
"%program%\Ldn.Cli.exe" %*
exit /b %ERRORLEVEL%
